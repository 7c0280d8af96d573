"""Extraction on a Spark cluster: documents a line in, Parquet and JSONL of documents, figures and problems out.

    spark-submit --master spark://HOST:7077 --files zhibiao scale/extract_spark.py CRAWL OUT

`zhibiao` is the program, built for the workers' system; `--files` takes it to every worker. CRAWL is what Spark
reads as lines (a file, a folder, a pattern; packed with gzip or not), each an object with `id`, `text` and what else
`zhibiao extract --stream` knows. OUT gets

    OUT/figures     Parquet: a figure a row, flat; part=0, part=1, … by the hash of the document's id
    OUT/names       Parquet: column, name, count: the distinct names of the columns that have few, folded
    OUT/words       Parquet: the Latin words that stand in sentences and names
    OUT/documents   Parquet: a document a row: id, title, source, url, date, sha256, counts
    OUT/problems    Parquet: a line that gave no document a row: problem, sha256, line
    OUT/records     JSONL, packed with gzip: the records as they were written, for a dataset of zhibiao

The tables are committed by Spark itself: a task that is done twice, or whose worker dies, counts once. OUT must not
exist, or hold an earlier run, which is replaced (`--again`). OUT/_DONE is written last: without it a run was broken
off.
"""

import argparse
import functools
import json
import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql import functions as f
from pyspark.sql import types as t

TEXT = ["title", "source", "url", "date", "encoding"]

# A row of the figures, as `zhibiao export --stream` writes it: a test of the program holds the two together.
ROW = """
    `document` string, `n` int, `id` string, `title` string, `source` string, `url` string, `date` string,
    `start` bigint, `end` bigint, `text_start` bigint, `text_end` bigint, `quote` string, `value` string,
    `value_high` string, `unit` string, `unit_inferred` boolean, `bound` string, `kind` string, `indicator` string,
    `indicator_id` string, `subject` string, `period` string, `status` string, `of` string, `parent_start` bigint,
    `parent_end` bigint, `parent_quote` string, `owners` array<string>, `sentence` string, `sentence_start` bigint,
    `sentence_end` bigint, `section` int, `heading` string, `confidence` double,
    `trace` array<struct<field:string,rule:string>>, `rules` string, `indicator_folded` string,
    `indicator_id_folded` string, `subject_folded` string, `unit_folded` string, `of_folded` string,
    `owners_folded` array<string>, `heading_folded` string, `source_folded` string, `rules_folded` string,
    `quote_folded` string, `sentence_folded` string, `title_folded` string, `document_folded` string,
    `parent_folded` string, `url_folded` string, `id_folded` string, `quote_spelled` string,
    `sentence_spelled` string, `title_spelled` string, `document_spelled` string, `latin` array<string>,
    `low` decimal(38,14), `low_step` int, `high` decimal(38,14), `high_step` int, `measure` string,
    `base` decimal(38,14), `millionths` int, `first_day` int, `last_day` int, `date_first` int, `date_last` int
"""

NAMES = [f"{name}_folded" for name in ["indicator", "indicator_id", "subject", "unit", "of", "heading", "source", "rules"]]

record = t.StructType(
    [t.StructField(name, t.StringType()) for name in ["id", "sha256", "text", "problem", "line"] + TEXT]
    + [
        t.StructField("figures", t.ArrayType(t.StructType([t.StructField("start", t.LongType())]))),
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

    def through(arguments):
        """Lines through the program, as it lies on whichever worker."""

        def run(lines):
            import os
            import subprocess
            import threading

            path = SparkFiles.get(program)
            os.chmod(path, 0o755)
            command = [path, *arguments]
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

        return run

    def piped(path, arguments):
        lines = spark.read.text(path).rdd.map(lambda row: row.value).mapPartitions(through(arguments))
        return spark.createDataFrame(lines.map(lambda line: (line,)), "value string")

    written = piped(given.crawl, ["extract", "--stream", *options])
    written.write.mode("overwrite").option("compression", "gzip").text(given.out + "/records")

    # From here on the records are read, not made again.
    figures(spark, piped(given.out + "/records", ["export", "--stream"]), given.out, given.parts)
    parsed = spark.read.text(given.out + "/records").select(f.from_json("value", record).alias("r")).select("r.*")
    good = parsed.where("problem is null")
    counts = [f.size(name).alias(name) for name in ["figures", "rejected"]]
    table(good.select("id", *TEXT, "sha256", *counts).coalesce(given.parts), given.out, "documents")
    bad = parsed.where("problem is not null").select("problem", "sha256", "line")
    table(bad.coalesce(1), given.out, "problems")

    counted = {name: spark.read.parquet(f"{given.out}/{name}").count() for name in ["documents", "figures", "problems"]}
    files.create(done, True).close()
    print(json.dumps(counted))
    spark.stop()


def figures(spark, rows, out, parts):
    """The tables that figures are asked of, from rows as the program writes them: one JSON object a row."""
    part = f.pmod(f.xxhash64("document"), f.lit(parts)).alias("part")
    flat = rows.select(f.from_json("value", ROW).alias("r")).select("r.*").select("*", part)
    table(flat.repartition(parts, "part").sortWithinPartitions("document", "n"), out, "figures", "part")
    written = spark.read.parquet(out + "/figures")
    names = [written.select(f.lit(name).alias("column"), f.col(name).alias("name")) for name in NAMES]
    names.append(written.select(f.lit("owners_folded").alias("column"), f.explode("owners_folded").alias("name")))
    distinct = functools.reduce(lambda some, more: some.union(more), names).where("name is not null")
    table(distinct.groupBy("column", "name").count().coalesce(1).sort("column", "name"), out, "names")
    table(written.select(f.explode("latin").alias("word")).distinct().coalesce(1).sort("word"), out, "words")


def table(rows, out, name, *by):
    """Writes a table whole, or leaves the one before."""
    rows.write.mode("overwrite").partitionBy(*by).parquet(f"{out}/{name}")


if __name__ == "__main__":
    main()
