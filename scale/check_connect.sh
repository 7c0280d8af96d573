#!/usr/bin/env bash
# The cases of the filter language (tests/query) on a real Spark Connect server, compared with the index.
#
#   scale/check_connect.sh
#
# Makes tables of the cases' figures, starts a server (scale/connect.sh), asks every query of both, says what differs
# and how long it took, and ends the server. Needs pyspark, Java 17, protobuf-compiler and libprotobuf-dev; some
# minutes the first time, since the client is built. PROFILE=--release builds it as it is used.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
export CLUSTER=${CLUSTER:-$(mktemp -d /tmp/zhibiao-check.XXXXXX)}
export PORT=${PORT:-15003}
tables=$CLUSTER/tables
cargo build ${PROFILE:-} --manifest-path "$here/../Cargo.toml" --features spark --example connect
program=$here/../target/$([ -n "${PROFILE:-}" ] && echo release || echo debug)/examples/connect
rm -rf "$tables"
"$program" rows "$tables"
SPARK_LOCAL_IP=127.0.0.1 PYTHONPATH=$here python3 - "$tables" << 'MAKE'
import pathlib
import sys

from pyspark.sql import SparkSession

import extract_spark

spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    extract_spark.figures(spark, spark.read.text(f"{folder}/rows.jsonl"), str(folder), 1)
MAKE
trap '"$here/connect.sh" stop' EXIT
address=$("$here/connect.sh" start)
"$program" ask "$address" "$tables"
