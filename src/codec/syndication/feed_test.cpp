#include "codec/syndication/feed.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace anlan::syndication {
namespace {

using testing::ElementsAre;

const std::string kBase = "https://feed.example/warn/index.xml";

std::vector<std::string> links(std::string_view bytes) {
  const auto feed = read(bytes, kBase);
  std::vector<std::string> found;
  if (!feed) return {"unreadable"};
  for (const Entry& entry : feed->entries) found.push_back(entry.link);
  return found;
}

std::string atom(const std::string& entries) {
  return R"(<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>f</id><link href="/other"/>)" + entries +
         "</feed>";
}

TEST(Feed, OfAtomGivesTheLinkThatIsCapElseTheFirst) {
  EXPECT_THAT(links(atom(R"(<entry><id>1</id><link href="/page" rel="alternate" type="text/html"/>
    <link rel="related" type="application/cap+xml" href="a.cap"/></entry>
    <entry><id>2</id><link href="https://files.example/b"/></entry>
    <entry><id>3</id><link rel="self" href="c"/></entry><entry/>)")),
              ElementsAre("https://feed.example/warn/a.cap", "https://files.example/b"));
}

TEST(Feed, OfRssGivesLinkAndEnclosure) {
  EXPECT_THAT(
      links(R"(<rss version="2.0"><channel><link>https://feed.example/</link>
    <item><guid>1</guid><link> https://feed.example/1.xml </link></item>
    <item><link><![CDATA[2.xml]]></link></item>
    <item><link>/page</link><enclosure type="application/cap+xml" url="/3.cap"/></item></channel></rss>)"),
      ElementsAre("https://feed.example/1.xml", "https://feed.example/warn/2.xml", "https://feed.example/3.cap"));
}

TEST(Feed, MarksAnEntryByItsIdAndItsLastChange) {
  const auto feed =
      read(atom("<entry><id>a</id><updated>2026-11-27T10:00:00Z</updated><link href='x'/></entry>"), kBase);
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->entries.at(0).mark, "a 2026-11-27T10:00:00Z");
}

TEST(Feed, LeadsNowhereButToTheWeb) {
  EXPECT_THAT(links(atom(R"(<entry><link href="file:///etc/passwd"/></entry><entry><link href="javascript:x"/></entry>
    <entry><link href="ftp://a/"/></entry><entry><link href="//other.example/x"/></entry>)")),
              ElementsAre("https://other.example/x"));
}

TEST(Feed, IsWholeOrNone) {
  EXPECT_THAT(links("<feed><entry><link href='x'/></entry>"), ElementsAre("unreadable"));
  EXPECT_THAT(links("<alert/>"), ElementsAre("unreadable"));
  EXPECT_THAT(links(""), ElementsAre("unreadable"));
  EXPECT_THAT(links("<!DOCTYPE feed [<!ENTITY a 'b'>]><feed/>"), ElementsAre("unreadable"));
  EXPECT_THAT(links("<feed/>"), ElementsAre());
}

TEST(Feed, KeepsNoMoreEntriesThanItsLimit) {
  std::string entries;
  for (std::size_t i = 0; i < kMostEntries + 5; ++i)
    entries += "<entry><link href='x" + std::to_string(i) + "'/></entry>";
  const auto feed = read(atom(entries), kBase);
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->entries.size(), kMostEntries);
  EXPECT_TRUE(feed->more);
}

std::string real(const std::string& name) {
  const char* named = std::getenv("ANLAN_CORPUS");
  const auto folder =
      (named ? std::filesystem::path(named) : std::filesystem::path(ANLAN_SOURCE_DIR) / "../shared/corpus") / "cap";
  std::ifstream in(folder / name, std::ios::binary);
  return (std::ostringstream() << in.rdbuf()).str();
}

TEST(Feed, OfRealServicesIsRead) {
  const std::string usgs = real("us_usgs_alerthub_feed.atom");
  if (usgs.empty()) GTEST_SKIP() << "no real files at hand; set ANLAN_CORPUS";
  EXPECT_THAT(links(usgs), ElementsAre("http://earthquake.usgs.gov/earthquakes/eventpage/usb000qfgs.cap"));
  EXPECT_THAT(links(real("us_amber_feed.rss")),
              ElementsAre("http://cap-validator.appspot.com/examples/KAR0-0306112239-SW.cap"));
  EXPECT_THAT(links(real("canada_pelmorex_feed.atom")), ElementsAre("unreadable")) << "it is not well-formed";
}

}  // namespace
}  // namespace anlan::syndication
