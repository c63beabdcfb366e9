// Feeds from anywhere: see codec/syndication/feed.h for what is promised of them.

#include <algorithm>

#include "codec/syndication/feed.h"
#include "hostile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  using namespace anlan::syndication;
  const auto feed = read(text_of(data, size), "https://feed.example/a/b.xml");
  if (!feed) return 0;
  require(feed->entries.size() <= kMostEntries, "a feed is bounded");
  for (const Entry& entry : feed->entries) {
    require(entry.link.starts_with("http://") || entry.link.starts_with("https://"), "a link leads to the web");
    require(entry.mark.size() <= 500, "a mark is bounded");
  }
  return 0;
}
