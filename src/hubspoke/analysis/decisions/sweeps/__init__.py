"""Many cases of one folder: stated, solved in processes or on a cluster, kept, and shown."""
