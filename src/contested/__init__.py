"""contested: who says what happened, to whom, where, when, at what cost, and which accounts contradict each other."""
