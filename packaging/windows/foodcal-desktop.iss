; Inno Setup: the installer for Windows, made from the folder that PyInstaller built.
; iscc /DVersion=0.1.0 /DSource=dist\foodcal-desktop packaging\windows\foodcal-desktop.iss
; Written by Inno Setup's documentation; it has been run on no Windows machine yet.
#ifndef Version
  #define Version "0.0.0"
#endif
#ifndef Source
  #define Source "..\..\dist\foodcal-desktop"
#endif

[Setup]
AppId={{6E1B3F0C-6E65-4B0B-9C55-5C7A3E0B5A11}
AppName=Food diary
AppVersion={#Version}
DefaultDirName={autopf}\Food diary
DefaultGroupName=Food diary
; Per user without administrator's rights; for everyone when they are given.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/max
SolidCompression=yes
OutputDir=..\..\dist
OutputBaseFilename=foodcal-desktop-{#Version}-windows
SetupIconFile=..\..\build\icons\foodcal-desktop.ico
UninstallDisplayIcon={app}\foodcal-desktop.exe
ChangesAssociations=yes
WizardStyle=modern

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\Food diary"; Filename: "{app}\foodcal-desktop.exe"

[Registry]
; Offered under "Open with" for photos, never made their default.
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Food diary"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\shell\open\command"; ValueType: string; ValueData: """{app}\foodcal-desktop.exe"" ""%1"""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".heic"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".avif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\foodcal-desktop.exe\SupportedTypes"; ValueType: string; ValueName: ".bmp"; ValueData: ""
