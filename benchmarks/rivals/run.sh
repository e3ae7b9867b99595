#!/usr/bin/env bash
# PETSc, Eigen and SciPy on the systems that RivalTable --export wrote; one JSON line per measurement.
#
#   benchmarks/rivals/run.sh FOLDER [--only REGEX] [--solver REGEX] [--limit SECONDS] [--budget SECONDS]
#                            [--stop-after SECONDS] [--again] [--multigrid]
#
# Installs Debian's packages where they are missing, compiles, converts, runs. FOLDER/native.jsonl grows line by line;
# what it holds already is not run again, unless --again says so (the last line of a key counts).
#   --only     problems whose name matches           --solver  "PETSc 2 cg ic0" and so on, matched as one string
#   --limit    seconds for one measurement (60)      --budget  seconds of repetitions for its median (5)
#   --multigrid  only PETSc's GAMG, hypre's BoomerAMG and ML under CG, into FOLDER/multigrid.jsonl
#   --stop-after  begin no measurement after so many seconds; the next run goes on from there
set -euo pipefail

if [ $# -lt 1 ] || [ ! -f "$1/problems.tsv" ]; then
    echo "usage: $0 FOLDER [--only REGEX] [--solver REGEX] [--limit S] [--budget S] [--stop-after S] [--again] [--multigrid]" >&2
    echo "FOLDER must hold problems.tsv: run RivalTable --export FOLDER first" >&2
    exit 2
fi
folder=$(cd "$1" && pwd)
shift
here=$(cd "$(dirname "$0")" && pwd)
only=.
solver=.
limit=60
budget=5
stop=999999
again=no
multigrid=no
while [ $# -gt 0 ]; do
    case "$1" in
        --only) only=$2; shift 2 ;;
        --solver) solver=$2; shift 2 ;;
        --limit) limit=$2; shift 2 ;;
        --budget) budget=$2; shift 2 ;;
        --stop-after) stop=$2; shift 2 ;;
        --again) again=yes; shift ;;
        --multigrid) multigrid=yes; shift ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
done

install_packages() {
    local wanted=() package
    for package in libpetsc-real-dev openmpi-bin libeigen3-dev python3-scipy g++; do
        dpkg -s "$package" > /dev/null 2>&1 || wanted+=("$package")
    done
    if [ ${#wanted[@]} -gt 0 ]; then
        local sudo=""
        if [ "$(id -u)" -ne 0 ]; then sudo="sudo"; fi
        $sudo apt-get update
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y --no-install-recommends "${wanted[@]}"
    fi
}

# Compiles a program when its source is newer.
compile() { # TARGET SOURCE COMMAND…
    local target=$1 source=$2
    shift 2
    if [ ! -x "$target" ] || [ "$source" -nt "$target" ]; then
        "$@" -O3 -march=native -o "$target" "$source" $libraries
    fi
}

install_packages
bin="$folder/bin"
mkdir -p "$bin"
libraries="" compile "$bin/mtx2petsc" "$here/mtx2petsc.c" cc
libraries="$(pkg-config --libs PETSc) -lm" compile "$bin/petsc_rival" "$here/petsc_rival.c" mpicc $(pkg-config --cflags PETSc)
libraries="" compile "$bin/eigen_rival" "$here/eigen_rival.cpp" g++ -std=c++17 -fopenmp $(pkg-config --cflags eigen3)

results="$folder/native.jsonl"
if [ "$multigrid" = yes ]; then results="$folder/multigrid.jsonl"; fi
touch "$results"
mpi=(mpiexec --oversubscribe --bind-to core)
if [ "$(id -u)" -eq 0 ]; then mpi+=(--allow-run-as-root); fi

# One measurement: its line, or what became of it within the limit.
measure() { # NAME CONTENDER PROCESSES METHOD PRECONDITIONER
    local name=$1 contender=$2 processes=$3 method=$4 preconditioner=$5 line status=0
    [[ "$contender $processes $method $preconditioner" =~ $solver ]] || return 0
    local key="\"problem\": *\"$name\", *\"contender\": *\"$contender\".*\"processes\": *$processes, *\"method\": *\"$method\", *\"preconditioner\": *\"$preconditioner\""
    if [ "$again" = no ] && grep -q "$key" "$results"; then return 0; fi
    if [ "$SECONDS" -ge "$stop" ]; then return 0; fi
    local a="$folder/$name.petsc" b="$folder/${name}_b.petsc" command
    case "$contender" in
        PETSc)
            command=("$bin/petsc_rival" -matrix "$a" -rhs "$b" -problem "$name" -method "$method"
                -preconditioner "$preconditioner" -budget "$budget" -limit "$limit")
            if [ "$processes" -gt 1 ]; then command=("${mpi[@]}" -n "$processes" "${command[@]}"); fi ;;
        Eigen) command=("$bin/eigen_rival" "$a" "$b" "$name" "$method" "$preconditioner" "$budget" "$limit") ;;
        SciPy) command=(/usr/bin/python3 "$here/scipy_rival.py" "$a" "$b" "$name" "$method" "$preconditioner" "$budget" "$limit") ;;
    esac
    # the programs watch the limit of one set-up and solve; reading and repetitions come on top
    line=$(timeout "$(awk "BEGIN { print 3 * $limit + $budget }")" "${command[@]}" < /dev/null 2> "$folder/last-error.txt" | tail -n 1) || status=$?
    if [ "$status" -ne 0 ] || [ -z "$line" ]; then
        local outcome="failed" note="ended with status $status"
        if [ "$status" -eq 124 ] || [ "$status" -eq 142 ]; then outcome="not finished"; note="did not finish in $limit s"; fi
        line="{\"problem\":\"$name\",\"contender\":\"$contender\",\"version\":\"\",\"processes\":$processes,\"method\":\"$method\",\"preconditioner\":\"$preconditioner\",\"outcome\":\"$outcome\",\"note\":\"$note\"}"
    fi
    echo "$line" | tee -a "$results"
}

while IFS=$'\t' read -r name kind family n nnz; do
    if [ "$name" = name ] || ! [[ "$name" =~ $only ]]; then continue; fi
    for part in "$name" "${name}_b"; do
        if [ "$folder/$part.mtx" -nt "$folder/$part.petsc" ]; then
            "$bin/mtx2petsc" "$folder/$part.mtx" "$folder/$part.petsc"
        fi
    done
    if [ "$multigrid" = yes ]; then
        if [ "$kind" = spd ]; then
            for processes in 1 2; do
                for preconditioner in gamg hypre ml; do measure "$name" PETSc $processes cg $preconditioner; done
            done
        fi
    elif [ "$kind" = spd ]; then
        for processes in 1 2; do
            measure "$name" PETSc $processes cg jacobi
            measure "$name" PETSc $processes cg ic0
        done
        measure "$name" Eigen 1 cg jacobi
        measure "$name" Eigen 1 cg ic
        measure "$name" SciPy 1 cg jacobi
        # the fill of three-dimensional grids beyond this size does not fit into the memory of a usual machine
        if [[ "$name" != *3d* ]] || [ "$n" -le 300000 ]; then measure "$name" Eigen 1 ldlt none; fi
    else
        for processes in 1 2; do
            measure "$name" PETSc $processes bicgstab ilu0
            measure "$name" PETSc $processes gmres ilu0
        done
        measure "$name" Eigen 1 bicgstab jacobi
        measure "$name" Eigen 1 bicgstab ilut
        measure "$name" SciPy 1 bicgstab jacobi
        measure "$name" SciPy 1 bicgstab ilut
    fi
done < "$folder/problems.tsv"
