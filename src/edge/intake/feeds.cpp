#include "edge/intake/feeds.h"

#include <algorithm>

#include "codec/syndication/feed.h"

namespace anlan::edge::intake {
namespace {

constexpr int kMostTries = 3;

// With its port.
std::string host_of(const std::string& url) {
  const auto begin = url.find("://") + 3;
  return url.substr(begin, url.find_first_of("/?#", begin) - begin);
}

}  // namespace

Feeds::Feeds(const Ground& ground, std::vector<FeedSource> feeds, transfer::Resolve resolve, Milliseconds turn)
    : ground_(ground), turn_(turn), getter_(std::move(resolve)) {
  for (FeedSource& source : feeds) {
    FeedState state;
    state.name = source.name;
    feeds_.push_back({std::move(source), std::move(state)});
  }
}

void Feeds::step() {
  for (Following& f : feeds_)
    if (!stopped_ && ground_.clock.now() >= f.due) ask(f);
}

std::vector<FeedState> Feeds::states() const {
  const std::lock_guard lock(mutex_);
  std::vector<FeedState> states;
  for (const Following& f : feeds_) states.push_back(f.state);
  return states;
}

// An entry has the host of its feed, or one that is named; which of them may be private is the feed's own host alone.
transfer::Wish Feeds::wish(const Following& f, const std::string& url, std::size_t limit) const {
  transfer::Wish wish{.url = url, .hosts = f.source.hosts, .limit = limit};
  wish.allow_private = f.source.allow_private && host_of(url) == host_of(f.source.url);
  wish.ca_file = f.source.ca_file;
  return wish;
}

// Told when it begins and when it is another fault: a feed that is down for a day is one line.
void Feeds::failed(Following& f, const std::string& what) {
  if (stopped_) return;
  f.pause = std::min(kLongestPause, std::max(f.source.every, f.pause * 2));
  f.due = ground_.clock.now() + f.pause;
  const std::lock_guard lock(mutex_);
  if (f.state.last_error != what) ground_.log("feed " + f.source.name + ": " + what);
  f.state.last_error = what;
}

// Where something is left the feed rests as long as it was asked, so that a slow one takes half of the time at most.
void Feeds::ask(Following& f) {
  const machine::Stopwatch watch;
  {
    const std::lock_guard lock(mutex_);
    f.state.asked_at = ground_.clock.now();
  }
  transfer::Wish asked = wish(f, f.source.url, kMostFeedBytes);
  asked.etag = f.etag;
  asked.last_modified = f.last_modified;
  const auto got = getter_.get(asked);
  if (!got.ok()) return failed(f, got.error().what);
  const auto whole = got->status == 304 ? true : follow(f, *got, watch);
  if (!whole) return failed(f, "no feed: " + got->url);
  if (stopped_) return;
  if (*whole && got->status == 200) {
    f.etag = got->etag;
    f.last_modified = got->last_modified;
  }
  f.pause = std::chrono::seconds{0};
  const auto took = std::chrono::ceil<std::chrono::seconds>(watch.elapsed());
  f.due = ground_.clock.now() + (*whole ? f.source.every : std::max(took, std::chrono::seconds{1}));
  const std::lock_guard lock(mutex_);
  f.state.answered_at = ground_.clock.now();
  f.state.last_error.clear();
}

// What the feed does not name any more is forgotten, so that what is remembered is as long as the feed. One entry is
// fetched however long the feed itself took.
std::optional<bool> Feeds::follow(Following& f, const transfer::Got& got, const machine::Stopwatch& watch) {
  const auto feed = syndication::read(got.body, got.url);
  if (!feed) {
    const Said said = take(f, got.url, got.body);
    return said.fate == Fate::kRefused && said.alert.empty() ? std::nullopt : std::optional(said.fate != Fate::kLater);
  }
  std::map<std::string, int> done;
  bool whole = true;
  int fetched = 0;
  for (const auto& entry : feed->entries) {
    const std::string mark = entry.mark + " " + entry.link;
    const auto before = f.done.find(mark);
    int tries = before == f.done.end() ? 0 : before->second;
    const bool has_time = fetched == 0 || watch.elapsed() < turn_;
    if (tries < kMostTries && fetched < kMostFetched && has_time && !stopped_) {
      ++fetched;
      tries = fetch_entry(f, entry.link) ? kMostTries : tries + 1;
    }
    whole = whole && tries >= kMostTries;
    done[mark] = tries;
  }
  f.done = std::move(done);
  return whole;
}

// What a moment may mend is tried again; where the entry leads astray, or holds no alert, once is enough.
bool Feeds::fetch_entry(Following& f, const std::string& url) {
  const auto source = host_of(f.source.url), own = host_of(url);
  const bool named = std::ranges::find(f.source.hosts, own.substr(0, own.find(':'))) != f.source.hosts.end();
  if (own != source && !named) {
    ground_.log("feed " + f.source.name + ": host: " + url);
    return true;
  }
  transfer::Wish entry = wish(f, url, kMostBytes);
  entry.patience = kLongestEntry;
  const auto got = getter_.get(entry);
  if (!got.ok()) {
    ground_.log("feed " + f.source.name + ": " + got.error().what);
    using enum transfer::Fault;
    const auto fault = got.error().fault;
    return fault != kName && fault != kConnection && fault != kTime && fault != kStatus && fault != kStopped;
  }
  return take(f, url, got->body).fate != Fate::kLater;
}

Said Feeds::take(Following& f, const std::string& url, const std::string& bytes) {
  Said said = intake::take(ground_, f.source, bytes);
  const std::lock_guard lock(mutex_);
  if (said.fate == Fate::kTaken) ++f.state.taken;
  if (said.fate != Fate::kRefused) return said;
  ++f.state.refused;
  if (said.alert.empty())
    ground_.log("feed " + f.source.name + ": " + said.refusals.front().code + " " + said.refusals.front().field + ": " +
                url);
  return said;
}

}  // namespace anlan::edge::intake
