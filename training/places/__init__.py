"""What the place tables and weights are rebuilt with."""
