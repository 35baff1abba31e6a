"""The child processes that own a checkpoint: an encoder and a decoder."""
