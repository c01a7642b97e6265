"""Do inspectors agree: with themselves, with each other, with the standard?"""
