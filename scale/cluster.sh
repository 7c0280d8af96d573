#!/usr/bin/env bash
# A standalone Spark cluster on this machine: one master, two workers, loopback only.
#
#   scale/cluster.sh start        prints the master's address
#   scale/cluster.sh kill-worker  kills the first worker at once, as a failing machine would
#   scale/cluster.sh stop
#
# Spark is that of the Python package pyspark (pip install pyspark; Java 17), found by `python3`.
# CLUSTER is the folder of its logs and process numbers; CORES and MEMORY are each worker's.
set -euo pipefail

folder=${CLUSTER:-/tmp/zhibiao-cluster}
cores=${CORES:-1}
memory=${MEMORY:-1g}
export SPARK_LOCAL_IP=127.0.0.1
home=$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')

run() { # NAME CLASS ARGUMENT…
    local name=$1
    shift
    nohup "$home/bin/spark-class" "$@" > "$folder/$name.log" 2>&1 &
    echo $! > "$folder/$name.pid"
}

# Waits until a log says something.
await() { # NAME WORDS
    for _ in $(seq 120); do
        grep -q "$2" "$folder/$1.log" 2> /dev/null && return
        sleep 0.5
    done
    echo "cluster.sh: $1 does not come up: see $folder/$1.log" >&2
    exit 1
}

end() { # SIGNAL NAME
    [ -f "$folder/$2.pid" ] || return 0
    # The executors are children of the worker, and go with it.
    local pid
    pid=$(cat "$folder/$2.pid")
    pkill "-$1" -P "$pid" 2> /dev/null || true
    kill "-$1" "$pid" 2> /dev/null || true
    rm -f "$folder/$2.pid"
}

case ${1:-} in
    start)
        mkdir -p "$folder"
        run master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 7077 --webui-port 18080
        await master 'Starting Spark master'
        for n in 1 2; do
            run "worker$n" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores "$cores" \
                --memory "$memory" --work-dir "$folder/work$n" --webui-port "1808$n" spark://127.0.0.1:7077
        done
        await worker1 'Successfully registered'
        await worker2 'Successfully registered'
        echo spark://127.0.0.1:7077
        ;;
    kill-worker) end KILL worker1 ;;
    stop)
        for name in worker1 worker2 master; do end TERM "$name"; done
        ;;
    *)
        sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
