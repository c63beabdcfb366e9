// A folder and feeds, over a real server of this machine.

#include "edge/intake/feeds.h"
#include "edge/intake/folder.h"
#include "edge/intake/intake_fixture.h"
#include "platform/http/server.h"

namespace anlan::edge::intake {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FolderTest : public IntakeTest {
 protected:
  void lay(const std::string& name, const std::string& bytes) {
    fs::create_directories(watched);
    std::ofstream(watched / name, std::ios::binary) << bytes;
  }
  void look() {
    desk.look();
    desk.look();
  }
  const fs::path watched = folder / "in";
  Folder desk{ground, source("folder"), watched.string()};
};

TEST_F(FolderTest, IsEmptiedIntoDoneAndRefusedWithTheReasonBeside) {
  lay("a.xml", AlertText{}.written());
  lay("b.xml", "<alert/>");
  lay(".c.xml", AlertText{.identifier = "w-2"}.written());
  desk.look();
  EXPECT_TRUE(fs::exists(watched / "a.xml")) << "it may still be being written";
  desk.look();
  EXPECT_EQ(text_in(watched / "done" / "a.xml"), AlertText{}.written());
  EXPECT_TRUE(fs::exists(watched / "refused" / "b.xml"));
  const std::string reason = text_in(watched / "refused" / "b.xml.reason.txt");
  EXPECT_THAT(reason, HasSubstr("预警报文"));
  EXPECT_THAT(reason, HasSubstr("alert"));
  EXPECT_FALSE(fs::exists(watched / "a.xml") || fs::exists(watched / "b.xml"));
  EXPECT_TRUE(fs::exists(watched / ".c.xml"));
  EXPECT_EQ(count(), 1);
}

TEST_F(FolderTest, KeepsWhatWasLaidThereBeforeUnderTheSameName) {
  lay("a.xml", AlertText{}.written());
  look();
  lay("a.xml", AlertText{.identifier = "w-2"}.written());
  look();
  EXPECT_THAT(text_in(watched / "done" / "a.xml.2"), HasSubstr("w-2"));
  EXPECT_EQ(count(), 2);
}

TEST_F(FolderTest, LeavesWhatTheNodeCannotRecordNow) {
  lay("a.xml", AlertText{}.written());
  busy = true;
  look();
  EXPECT_TRUE(fs::exists(watched / "a.xml"));
  busy = false;
  look();
  EXPECT_TRUE(fs::exists(watched / "done" / "a.xml"));
}

TEST_F(FolderTest, ReadsNoMoreOfALargeFileThanTellsThatItIs) {
  lay("large.xml", std::string(2 * kMostBytes, 'x'));
  look();
  EXPECT_THAT(text_in(watched / "refused" / "large.xml.reason.txt"), HasSubstr("5 MB"));
  EXPECT_EQ(fs::file_size(watched / "refused" / "large.xml"), 2 * kMostBytes);
}

TEST_F(FolderTest, FollowsNoLink) {
  lay("a.xml", AlertText{}.written());
  fs::create_directories(folder / "keys");
  std::ofstream(folder / "keys" / "secret", std::ios::binary) << "secret";
  fs::create_symlink(folder / "keys" / "secret", watched / "b.xml");
  look();
  look();
  EXPECT_EQ(count(), 1) << "what lies beside it is taken";
  EXPECT_TRUE(fs::is_symlink(watched / "b.xml"));
  EXPECT_TRUE(fs::is_empty(watched / "refused"));
  EXPECT_THAT(lines, testing::Contains(HasSubstr("b.xml")).Times(1));
}

// What a feed's server says, by path.
class FeedTest : public IntakeTest, public http::Handler {
 protected:
  FeedTest() : server_({.threads = 1}, *this) { port = *server_.listen("127.0.0.1", 0); }
  ~FeedTest() override { server_.stop(std::chrono::milliseconds(0)); }

  void handle(http::Request request, http::Reply reply) override {
    const std::lock_guard lock(mutex_);
    ++asked[request.path];
    const auto found = pages.find(request.path);
    if (found == pages.end()) return reply({.status = 404});
    http::Response response = found->second;
    const std::string tag = "\"" + std::to_string(std::hash<std::string>{}(response.content())) + "\"";
    if (request.headers.get("If-None-Match") == tag) return reply({.status = 304});
    response.headers.set("ETag", tag);
    reply(std::move(response));
  }
  std::size_t body_limit(http::Method, std::string_view) const override { return 0; }

  std::string base(const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(port);
  }
  static std::string atom(const std::vector<std::string>& links) {
    std::string text = R"(<feed xmlns="http://www.w3.org/2005/Atom">)";
    for (const std::string& link : links) text += "<entry><id>" + link + "</id><link href=\"" + link + "\"/></entry>";
    return text + "</feed>";
  }
  FeedSource feed() {
    FeedSource f;
    static_cast<Source&>(f) = source("feed");
    f.url = base() + "/feed";
    f.allow_private = true;
    f.every = std::chrono::seconds{60};
    return f;
  }
  // The next asking, at once.
  void step(Feeds& feeds) {
    node.clock.at += Minutes{2};
    feeds.step();
  }

  std::map<std::string, http::Response> pages;
  std::map<std::string, int> asked;
  std::uint16_t port = 0;

 private:
  std::mutex mutex_;
  http::Server server_;
};

TEST_F(FeedTest, BringsEachEntryOnceAndAsksWhetherItHasChanged) {
  pages["/feed"].body = atom({"a.xml", "b.xml"});
  pages["/a.xml"].body = AlertText{}.written();
  pages["/b.xml"].body = AlertText{.identifier = "w-2"}.written();
  Feeds feeds(ground, {feed()});
  feeds.step();
  EXPECT_EQ(count(), 2);
  feeds.step();
  EXPECT_EQ(asked["/feed"], 1) << "not before its time";
  step(feeds);
  EXPECT_EQ(asked["/feed"], 2);
  pages["/feed"].body = atom({"a.xml", "b.xml", "c.xml"});
  pages["/c.xml"].body = AlertText{.identifier = "w-3", .kind = "Cancel", .references = reference_to("w-1")}.written();
  step(feeds);
  EXPECT_EQ(asked["/a.xml"], 1);
  EXPECT_EQ(asked["/c.xml"], 1);
  EXPECT_EQ(named("w-1").state(), alert::State::kCancelled);
  EXPECT_EQ(feeds.states().at(0).taken, 3);
  EXPECT_EQ(feeds.states().at(0).last_error, "");
  Feeds again(ground, {feed()});
  step(again);
  EXPECT_EQ(count(), 3) << "after a new start all is asked for once more, and known";
}

TEST_F(FeedTest, MayBeAnAlertItself) {
  pages["/feed"].body = AlertText{}.written();
  Feeds feeds(ground, {feed()});
  feeds.step();
  EXPECT_EQ(count(), 1);
  pages["/feed"].body = "<html/>";
  step(feeds);
  EXPECT_THAT(feeds.states().at(0).last_error, HasSubstr("no feed"));
}

TEST_F(FeedTest, WaitsLongerEachTimeItFailsAndGoesOnWhenItIsBack) {
  Feeds feeds(ground, {feed()});
  feeds.step();
  EXPECT_THAT(feeds.states().at(0).last_error, HasSubstr("status"));
  for (int i = 0; i < 10; ++i) step(feeds);
  EXPECT_GE(asked["/feed"], 3);
  EXPECT_LE(asked["/feed"], 5) << "of ten times two minutes";
  EXPECT_EQ(lines.size(), 1u) << "the same trouble is told once";
  pages["/feed"].body = atom({});
  node.clock.at += Minutes{61};
  feeds.step();
  EXPECT_EQ(feeds.states().at(0).last_error, "");
}

TEST_F(FeedTest, TriesAnEntryThriceAndThenLeavesIt) {
  pages["/feed"].body = atom({"gone.xml"});
  Feeds feeds(ground, {feed()});
  feeds.step();
  for (int i = 0; i < 6; ++i) step(feeds);
  EXPECT_EQ(asked["/gone.xml"], 3);
}

TEST_F(FeedTest, LeadsNowhereElse) {
  FeedSource named = feed();
  named.hosts = {"inside.example"};
  pages["/feed"].body =
      atom({base("localhost") + "/secret", base("inside.example") + "/secret", "http://169.254.169.254/x", "/led.xml"});
  pages["/secret"].body = AlertText{}.written();
  pages["/led.xml"].status = 302;
  pages["/led.xml"].headers.set("Location", base("inside.example") + "/secret");
  Feeds feeds(ground, {named}, [](const std::string&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"127.0.0.1"};
  });
  feeds.step();
  EXPECT_EQ(asked["/led.xml"], 1);
  EXPECT_EQ(asked["/secret"], 0);
  EXPECT_EQ(count(), 0);
  EXPECT_THAT(lines, testing::Contains(HasSubstr("private: " + base("inside.example"))));
  EXPECT_THAT(lines, testing::Contains(HasSubstr("host: " + base("localhost"))));
}

TEST_F(FeedTest, OnAPrivateAddressIsNotAskedUnlessItMayBe) {
  FeedSource f = feed();
  f.allow_private = false;
  pages["/feed"].body = AlertText{}.written();
  Feeds feeds(ground, {f});
  feeds.step();
  EXPECT_EQ(asked["/feed"], 0);
  EXPECT_THAT(feeds.states().at(0).last_error, HasSubstr("private"));
}

TEST_F(FeedTest, OfAHundredMegabytesIsNotRead) {
  pages["/feed"].shared_body = std::make_shared<const std::string>(100 * 1024 * 1024, ' ');
  Feeds feeds(ground, {feed()});
  feeds.step();
  EXPECT_THAT(feeds.states().at(0).last_error, HasSubstr("too_large"));
  EXPECT_EQ(count(), 0);
}

TEST_F(FeedTest, OfThousandsOfEntriesIsFetchedBitByBit) {
  std::vector<std::string> links;
  for (int i = 0; i < kMostFetched + 20; ++i) {
    links.push_back("e" + std::to_string(i) + ".xml");
    pages["/" + links.back()].body = AlertText{.identifier = "e-" + std::to_string(i)}.written();
  }
  pages["/feed"].body = atom(links);
  Feeds feeds(ground, {feed()}, transfer::resolve, std::chrono::hours{1});
  feeds.step();
  EXPECT_EQ(count(), kMostFetched);
  node.clock.at += std::chrono::seconds{59};
  feeds.step();
  EXPECT_EQ(count(), kMostFetched + 20);
}

TEST_F(FeedTest, ThatTakesLongLeavesTheNextOneItsTurn) {
  FeedSource other = feed();
  other.name = "other";
  other.url = base() + "/other";
  pages["/feed"].body = atom({"a.xml", "b.xml"});
  pages["/a.xml"].body = AlertText{}.written();
  pages["/b.xml"].body = AlertText{.identifier = "w-2"}.written();
  pages["/other"].body = AlertText{.identifier = "w-3"}.written();
  Feeds feeds(ground, {feed(), other}, transfer::resolve, Milliseconds{0});
  feeds.step();
  EXPECT_EQ(asked["/a.xml"], 1);
  EXPECT_EQ(asked["/b.xml"], 0) << "its time was over";
  EXPECT_TRUE(named("w-3").exists());
  node.clock.at += std::chrono::seconds{30};
  feeds.step();
  EXPECT_EQ(asked["/b.xml"], 1) << "goes on where it was";
  EXPECT_EQ(asked["/other"], 1);
  EXPECT_EQ(count(), 3);
}

TEST_F(FeedTest, OfADrillBringsNothingIntoTheRealWorld) {
  FeedSource drill = feed();
  drill.world = "d1";
  pages["/feed"].body = AlertText{.status = "Exercise"}.written();
  Feeds feeds(ground, {drill, feed()});
  feeds.step();
  EXPECT_EQ(feeds.states().at(0).taken, 1);
  EXPECT_EQ(feeds.states().at(1).taken, 0);
  EXPECT_EQ(feeds.states().at(1).refused, 1);
}

}  // namespace
}  // namespace anlan::edge::intake
