#!/usr/bin/env bash
# The .deb, tried for real: installed without network into a clean Debian that has no Python, and driven by real clicks.
#
#   sudo packaging/test_frozen.sh [DEB] [TAR_XZ] [OUT]
#
# OUT (default: build/frozen-test) keeps the screenshots and report.json. The clean root is kept too, for the next run.
# Needs, from Debian: debootstrap xvfb xdotool; and the checkout's .venv, for the driver only.
set -euo pipefail
cd "$(dirname "$0")/.."

newest() { ls -t "$@" 2>/dev/null | head -1; }
deb=${1:-$(newest dist/*.deb)}
archive=${2:-$(newest dist/*.tar.xz)}
out=$(realpath -m "${3:-build/frozen-test}")
[ -f "$deb" ] && [ -f "$archive" ] || { echo "There is no package yet; run make package first." >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "A clean root needs root's rights: sudo packaging/test_frozen.sh" >&2; exit 1; }
for tool in debootstrap Xvfb xdotool unshare; do
    command -v "$tool" >/dev/null || { echo "$tool is missing: apt install debootstrap xvfb xdotool" >&2; exit 1; }
done

base=$out/base
root=$out/root
display=${FROZEN_TEST_DISPLAY:-97}
mkdir -p "$out/shots"

# 1. A clean Debian, with the libraries that every desktop has, by name from the package itself; no Python.
if [ ! -f "$base/.complete" ]; then
    mirror=$(apt-get indextargets --format '$(SITE)' | grep -m1 -v security)
    rm -rf "$base"
    debootstrap --variant=minbase bookworm "$base" "$mirror" >"$out/debootstrap.log"
    wanted=$(dpkg-deb -f "$deb" Depends | sed 's/([^)]*)//g; s/,/ /g')
    # shellcheck disable=SC2086
    chroot "$base" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted fonts-noto-cjk \
        >>"$out/debootstrap.log" 2>&1
    chroot "$base" useradd -m minji
    chroot "$base" useradd -m jun
    touch "$base/.complete"
fi
if chroot "$base" sh -c 'command -v python3 || command -v python' >/dev/null; then
    echo "The clean root has a Python; delete $base and try again." >&2
    exit 1
fi

cleanup() {
    [ -z "${screen:-}" ] || kill "$screen" 2>/dev/null || true
    for mount in tmp/.X11-unix dev/shm proc usr; do
        umount -l "$root/$mount" 2>/dev/null || true
    done
}
trap cleanup EXIT

cleanup
rm -rf "$root"
cp -a --reflink=auto "$base" "$root"
(cd "$root" && find usr etc opt var/lib/dpkg/info -type f -o -type l | sort) >"$out/before.txt"

# 2. Install without network.
mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm" "$root/tmp/.X11-unix"
mount -t tmpfs tmpfs "$root/dev/shm"
cp "$deb" "$root/tmp/package.deb"
unshare -n chroot "$root" dpkg -i /tmp/package.deb
rm "$root/tmp/package.deb"

# 3. From here on the installation can only be read.
mount --bind "$root/usr" "$root/usr"
mount -o remount,bind,ro "$root/usr"

# 4. A screen, and the driver.
# Without -noreset it starts anew whenever its last client goes, and a program that connects meanwhile is refused.
Xvfb ":$display" -screen 0 1280x800x24 -nolisten tcp -ac -noreset >/dev/null 2>&1 &
screen=$!
for _ in $(seq 300); do
    DISPLAY=":$display" xdotool getmouselocation >/dev/null 2>&1 && break
    sleep 0.1
done
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
status=0
.venv/bin/python packaging/drive.py --root "$root" --display ":$display" --archive "$archive" --out "$out" || status=$?

# 5. Remove it: nothing but the users' own data may stay.
umount -l "$root/usr"
unshare -n chroot "$root" dpkg -P foodcal-desktop
(cd "$root" && find usr etc opt var/lib/dpkg/info -type f -o -type l | sort) >"$out/after.txt"
diff "$out/before.txt" "$out/after.txt" || { echo "Removing the package left or took files." >&2; status=1; }
[ "$status" = 0 ] && echo "The frozen program passed; screenshots are in $out/shots."
exit "$status"
