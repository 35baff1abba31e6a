"""sam2's configs, which the program reads as package data; its modules stand in contents.py."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("sam2", includes=["configs/sam2.1/*.yaml"])
