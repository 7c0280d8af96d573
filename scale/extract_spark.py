"""Extraction on a Spark cluster: documents a line in, Parquet and JSONL of documents, figures and problems out.

    spark-submit --master spark://HOST:7077 --files zhibiao scale/extract_spark.py CRAWL OUT

`zhibiao` is the program, built for the workers' system; `--files` takes it to every worker. CRAWL is what Spark
reads as lines (a file, a folder, a pattern; packed with gzip or not), each an object with `id`, `text` and what else
`zhibiao extract --stream` knows. OUT gets

    OUT/figures     Parquet: a figure a row, flat; part=0, part=1, … by the hash of the document's id
    OUT/documents   Parquet: a document a row: id, title, source, url, date, sha256, counts
    OUT/problems    Parquet: a line that gave no document a row: problem, sha256, line
    OUT/records     JSONL, packed with gzip: the records as they were written, for a dataset of zhibiao

The tables are committed by Spark itself: a task that is done twice, or whose worker dies, counts once. OUT must not
exist, or hold an earlier run, which is replaced (`--again`). OUT/_DONE is written last: without it a run was broken
off.
"""

import argparse
import json
import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from pyspark.sql import types as t

TEXT = ["title", "source", "url", "date", "encoding"]
FIGURE = ["quote", "unit", "bound", "kind", "indicator", "indicator_id", "subject", "period", "status", "of"]

figure = t.StructType(
    [t.StructField("id", t.StringType())]
    + [t.StructField(name, t.LongType()) for name in ["start", "end"]]
    # As text: exact, and longer than any number of Spark's may be.
    + [t.StructField(name, t.StringType()) for name in ["value", "value_high"] + FIGURE]
    + [
        t.StructField("unit_inferred", t.BooleanType()),
        t.StructField("owners", t.ArrayType(t.StringType())),
        t.StructField("confidence", t.DoubleType()),
        t.StructField("sentence", t.StructType([t.StructField(end, t.LongType()) for end in ["start", "end"]])),
    ]
)
record = t.StructType(
    [t.StructField(name, t.StringType()) for name in ["id", "sha256", "text", "problem", "line"] + TEXT]
    + [
        t.StructField("figures", t.ArrayType(figure)),
        t.StructField("rejected", t.ArrayType(t.StructType([t.StructField("start", t.LongType())]))),
    ]
)


def arguments():
    parser = argparse.ArgumentParser(description="Extract figures on a Spark cluster.")
    parser.add_argument("crawl", help="files of lines, a document each")
    parser.add_argument("out", help="folder of the tables")
    parser.add_argument("--program", default="zhibiao", help="its name among --files (default: zhibiao)")
    parser.add_argument("--columns", help="as for zhibiao extract: text=正文,title=题目")
    parser.add_argument("--parts", type=int, default=16, help="parts of the figures, by the document's hash")
    parser.add_argument("--again", action="store_true", help="replace an earlier run")
    return parser.parse_args()


def main():
    given = arguments()
    spark = SparkSession.builder.appName("zhibiao").getOrCreate()
    context = spark.sparkContext
    done = context._jvm.org.apache.hadoop.fs.Path(given.out + "/_DONE")
    files = done.getFileSystem(context._jsc.hadoopConfiguration())
    if files.exists(done.getParent()) and not given.again:
        sys.exit(f"{given.out}: is there already; --again replaces it")
    files.delete(done, False)

    # On a worker the program lies where SparkFiles says, and that is another place on each of them.
    program, columns = given.program, given.columns
    options = ["--columns", columns] if columns else []

    def extract(lines):
        import os
        import subprocess
        import threading

        path = SparkFiles.get(program)
        os.chmod(path, 0o755)
        command = [path, "extract", "--stream", *options]
        filter = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def feed():
            try:
                for line in lines:
                    filter.stdin.write(line.encode("utf-8", "surrogatepass") + b"\n")
            except BrokenPipeError:
                pass  # its exit status says why
            finally:
                try:
                    filter.stdin.close()
                except BrokenPipeError:
                    pass

        threading.Thread(target=feed, daemon=True).start()
        for line in filter.stdout:
            yield line.decode("utf-8").rstrip("\n")
        if filter.wait() != 0:
            raise RuntimeError(f"{command}: exit status {filter.returncode}")

    lines = spark.read.text(given.crawl)
    records = lines.rdd.map(lambda row: row.value).mapPartitions(extract)
    written = spark.createDataFrame(records.map(lambda line: (line,)), "value string")
    written.write.mode("overwrite").option("compression", "gzip").text(given.out + "/records")

    # From here on the records are read, not made again.
    parsed = spark.read.text(given.out + "/records").select(f.from_json("value", record).alias("r")).select("r.*")
    part = f.pmod(f.xxhash64("id"), f.lit(given.parts)).alias("part")
    good = parsed.where("problem is null")
    of = good.select(f.col("id").alias("document"), *TEXT[:-1], part, "text", f.explode("figures").alias("figure"))
    sentence = "substring(text, figure.sentence.start + 1, figure.sentence.end - figure.sentence.start)"
    flat = of.select("document", *TEXT[:-1], "figure.*", f.expr(sentence).alias("words"), "part")
    flat = flat.drop("sentence").withColumnRenamed("words", "sentence")
    table(flat.repartition(given.parts, "part").sortWithinPartitions("document", "start"), given.out, "figures", "part")
    counts = [f.size(name).alias(name) for name in ["figures", "rejected"]]
    table(good.select("id", *TEXT, "sha256", *counts).coalesce(given.parts), given.out, "documents")
    bad = parsed.where("problem is not null").select("problem", "sha256", "line")
    table(bad.coalesce(1), given.out, "problems")

    counted = {name: spark.read.parquet(f"{given.out}/{name}").count() for name in ["documents", "figures", "problems"]}
    files.create(done, True).close()
    print(json.dumps(counted))
    spark.stop()


def table(rows, out, name, *by):
    """Writes a table whole, or leaves the one before."""
    rows.write.mode("overwrite").partitionBy(*by).parquet(f"{out}/{name}")


if __name__ == "__main__":
    main()
