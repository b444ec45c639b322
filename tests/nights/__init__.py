"""Night after night: what is asked when, what a run takes, who is told."""
