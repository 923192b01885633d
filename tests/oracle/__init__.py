"""An independent oracle beside the running gateway: it sees what arrived, and the register."""
