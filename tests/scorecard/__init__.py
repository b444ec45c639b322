"""What the field does not test and we do: sixteen rows, the tests behind them, one table."""
