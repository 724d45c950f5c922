#!/usr/bin/env bash
# Install the system packages that tests need, or say in one line which are missing. Nothing is skipped silently.
#   java         PySpark runs on it
#   soffice      recalculates results.xlsx, as an auditor would
#   chromium     opens result pages, as a reader would
#   pdftotext    measures the pages of documents
#   preflight    says whether a PDF can be archived
#   postgresql   the site keeps its tables in it where an office wants so
#   Noto CJK …   documents are set in them where an office has not put its own fonts
set -euo pipefail

missing=()
command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
[ -e /usr/lib/libreoffice/program/libswlo.so ] || missing+=(libreoffice-writer-nogui)
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
[ -e /usr/share/java/preflight.jar ] || missing+=(libpdfbox2-java)
[ -e /usr/share/java/javax.activation.jar ] || missing+=(libactivation-java)
[ -e /usr/share/java/jaxb-api.jar ] || missing+=(libjaxb-api-java)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
fonts=/usr/share/fonts
[ -e $fonts/opentype/noto/NotoSerifCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
[ -e $fonts/opentype/noto/NotoSerifCJK-SemiBold.ttc ] || missing+=(fonts-noto-cjk-extra)
[ -e $fonts/truetype/arphic-gkai00mp/gkai00mp.ttf ] || missing+=(fonts-arphic-gkai00mp)
[ -e /usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-regular.otf ] || missing+=(fonts-texgyre)
[ ${#missing[@]} = 0 ] && exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "quanheng: the tests need ${missing[*]}; install them and call 'make test' again" >&2
    exit 1
fi
echo "installing ${missing[*]}"
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
