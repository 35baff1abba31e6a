#!/usr/bin/env bash
# The disk image for macOS, from the bundle that PyInstaller built: packaging/macos/dmg.sh VERSION [DIST]
# Signs and notarises where an identity is given by CODESIGN_IDENTITY and NOTARY_PROFILE; without, the image is unsigned.
# Written by the manuals of hdiutil and codesign; it has been run on no Mac yet.
set -euo pipefail

version=$1
dist=${2:-dist}
bundle="$dist/Foodcal Desktop.app"
image="$dist/foodcal-desktop-$version-macos-$(uname -m).dmg"

if [ -n "${CODESIGN_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$CODESIGN_IDENTITY" "$bundle"
fi

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$bundle" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname "Food diary" -srcfolder "$staging" -fs HFS+ -format ULMO -ov "$image"

if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
