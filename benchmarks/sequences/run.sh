#!/usr/bin/env bash
# PETSc, Eigen and SciPy on the sequences that SequenceBenchmark --export wrote; one JSON line per measurement.
#
#   benchmarks/sequences/run.sh FOLDER [--only REGEX] [--limit SECONDS] [--budget SECONDS]
#
# Needs what benchmarks/rivals/run.sh needs. FOLDER/native.jsonl is written anew for what --only selects ("NAME SOLVER
# METHOD PRECONDITIONER"). A measurement beyond the limit (300 seconds) is noted as not finished.
set -euo pipefail

if [ $# -lt 1 ] || ! ls "$1"/*.spd.petsc "$1"/*.general.petsc > /dev/null 2>&1; then
    echo "usage: $0 FOLDER [--only REGEX] [--limit S] [--budget S]" >&2
    echo "FOLDER must hold sequences: run SequenceBenchmark --export FOLDER first" >&2
    exit 2
fi
folder=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
only=.
limit=300
budget=10
while [ $# -gt 0 ]; do
    case "$1" in
        --only) only=$2; shift 2 ;;
        --limit) limit=$2; shift 2 ;;
        --budget) budget=$2; shift 2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
done

mkdir -p "$folder/bin"
mpicc $(pkg-config --cflags PETSc) -O3 -march=native -o "$folder/bin/petsc_sequence" "$here/petsc_sequence.c" \
    $(pkg-config --libs PETSc) -lm
g++ -std=c++17 $(pkg-config --cflags eigen3) -O3 -march=native -o "$folder/bin/eigen_sequence" "$here/eigen_sequence.cpp"
results="$folder/native.jsonl"
touch "$results"

# Runs a program whose last line is the measurement; the line replaces an earlier one of the same kind.
measure() { # SEQUENCE SYSTEMS CONTENDER CONFIGURATION COMMAND…
    local name=$1 systems=$2 contender=$3 configuration=$4 line
    shift 4
    [[ "$name $contender $configuration" =~ $only ]] || return 0
    line=$("$@" 2> "$folder/bin/errors" | tail -n 1) || true
    case "$line" in
        "{"*) ;;
        *) line="{\"sequence\":\"$name\",\"contender\":\"$contender\",\"configuration\":\"$configuration\",\"systems\":$systems,\"solved\":0,\"note\":\"not finished\"}" ;;
    esac
    grep -vF "\"configuration\":\"$configuration\"" "$results" > "$results.new" || true
    grep -F "\"configuration\":\"$configuration\"" "$results" | grep -vF "\"sequence\":\"$name\"" >> "$results.new" || true
    mv "$results.new" "$results"
    echo "$line" | sed 's/": /":/g; s/, "/,"/g' | tee -a "$results"
}

petsc() { # FILE NAME SYSTEMS METHOD PRECONDITIONER
    measure "$2" "$3" PETSc "$4 $5" "$folder/bin/petsc_sequence" -systems "$1" -sequence "$2" -method "$4" \
        -preconditioner "$5" -budget "$budget" -limit "$limit"
}

export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
for file in "$folder"/*.spd.petsc "$folder"/*.general.petsc; do
    [ -e "$file" ] || continue
    name=$(basename "$file")
    kind=${name%.petsc}
    kind=${kind##*.}
    name=${name%%.*}
    systems=$(cat "$folder/$name.count")
    if [ "$kind" = spd ]; then
        petsc "$file" "$name" "$systems" cg ic0
        petsc "$file" "$name" "$systems" cg boomeramg
        measure "$name" "$systems" Eigen ldlt "$folder/bin/eigen_sequence" "$file" "$name" "$budget" "$limit"
    else
        petsc "$file" "$name" "$systems" gmres ilu0
        petsc "$file" "$name" "$systems" bicgstab ilu0
        for kind in jacobi ilu; do
            measure "$name" "$systems" SciPy "gcrotmk recycled $kind" python3 "$here/scipy_sequence.py" "$file" "$name" \
                gcrotmk "$kind" "$budget" "$limit"
            measure "$name" "$systems" SciPy "gcrotmk alone $kind" python3 "$here/scipy_sequence.py" "$file" "$name" \
                gcrotmk-alone "$kind" "$budget" "$limit"
        done
    fi
done
