"""Scrapy and trafilatura over the pages of the benchmark: `peer.py PAGES_A_HOST HOST...`.

Prints the CPU seconds that 1,000 pages take (user and system, of this process, without what loading it takes).
Installed by whoever asks for it: `pip install scrapy trafilatura`.
"""

import json
import resource
import sys
import tempfile

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess

pages_a_host = int(sys.argv[1])
hosts = sys.argv[2:]
written = tempfile.TemporaryFile("w")
read = 0


class Pages(scrapy.Spider):
    """Each host one page after the other, all hosts at once; text, title and day of each page are written down."""

    name = "pages"
    custom_settings = {
        "LOG_LEVEL": "ERROR",
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "ROBOTSTXT_OBEY": False,
        "TELNETCONSOLE_ENABLED": False,
    }

    async def start(self):
        for page in range(pages_a_host):
            for host in hosts:
                yield scrapy.Request(f"{host}news/{page}")

    def parse(self, response):
        global read
        page = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True).as_dict()
        line = {"url": response.url, "title": page["title"], "date": page["date"], "text": page["text"]}
        written.write(json.dumps(line) + "\n")
        read += 1


def cpu_s():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


process = CrawlerProcess()
process.crawl(Pages)
before = cpu_s()
process.start()
if read != pages_a_host * len(hosts):
    sys.exit(f"{read} pages were read of {pages_a_host * len(hosts)}")
print((cpu_s() - before) * 1000 / read)
