"""Problems whose hubs take all that they are sent: the p-median problem, and location without capacity."""
