"""The running gateway, spoken to as its neighbours do."""
