#!/usr/bin/env bash
# A Spark Connect server on this machine, on loopback only.
#
#   scale/connect.sh start     prints the address; put /FOLDER of extract_spark.py behind it
#   scale/connect.sh stop
#
# Spark is that of the Python package pyspark (pip install pyspark; Java 17), found by `python3`. MASTER is where it
# runs its queries (local[2]), PORT its port (15002), MEMORY what its driver may take, CLUSTER the folder of its log.
set -euo pipefail

folder=${CLUSTER:-/tmp/zhibiao-connect}
port=${PORT:-15002}
export SPARK_LOCAL_IP=127.0.0.1
home=$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
jar=$(find "$home/jars" -name 'spark-connect_*.jar' | head -n 1)

case ${1:-} in
    start)
        mkdir -p "$folder"
        nohup "$home/bin/spark-submit" --master "${MASTER:-local[2]}" --driver-memory "${MEMORY:-1g}" \
            --conf spark.ui.enabled=false --conf spark.driver.bindAddress=127.0.0.1 \
            --conf spark.driver.host=127.0.0.1 --conf "spark.connect.grpc.binding.address=127.0.0.1" \
            --conf "spark.connect.grpc.binding.port=$port" --conf spark.sql.shuffle.partitions=4 \
            --class org.apache.spark.sql.connect.service.SparkConnectServer "$jar" > "$folder/connect.log" 2>&1 &
        echo $! > "$folder/connect.pid"
        for _ in $(seq 240); do
            if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then
                echo "sc://127.0.0.1:$port"
                exit
            fi
            kill -0 "$(cat "$folder/connect.pid")" 2> /dev/null || break
            sleep 0.5
        done
        echo "connect.sh: the server does not come up: see $folder/connect.log" >&2
        exit 1
        ;;
    stop)
        [ -f "$folder/connect.pid" ] || exit 0
        kill "$(cat "$folder/connect.pid")" 2> /dev/null || true
        rm -f "$folder/connect.pid"
        ;;
    *)
        sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
