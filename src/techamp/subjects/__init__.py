"""What the program teaches, one room for each subject. It knows no web and no learner."""
