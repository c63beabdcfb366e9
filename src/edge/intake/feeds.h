#pragma once
// Feeds of others, asked for again and again: what is new of each is fetched and taken in.

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "edge/intake/taking.h"
#include "platform/machine/stopwatch.h"
#include "platform/transfer/get.h"

namespace anlan::edge::intake {

inline constexpr std::size_t kMostFeedBytes = 20 << 20;
// Of one feed at one asking; the rest is fetched at the next ones, which then come at once.
inline constexpr int kMostFetched = 200;
// So long one feed's entries are fetched before the next feed's turn, and so long one of them may take: a server that
// trickles must not keep the others' alerts waiting.
inline constexpr Milliseconds kLongestTurn{10'000}, kLongestEntry{15'000};
// A feed that fails is asked again after its own time, then twice as long each time, up to this.
inline constexpr std::chrono::seconds kLongestPause{3600};

// How a feed stands. Gone with the process: what is fetched once more then is known.
struct FeedState {
  std::string name;
  std::optional<Instant> asked_at, answered_at;
  std::string last_error;               // empty: the last asking brought an answer
  std::int64_t taken = 0, refused = 0;  // messages since the start
};

// One process does it.
class Feeds {
 public:
  // `ground` outlives it. `resolve` and `turn` are others in tests.
  Feeds(const Ground& ground, std::vector<FeedSource> feeds, transfer::Resolve resolve = transfer::resolve,
        Milliseconds turn = kLongestTurn);

  // Asks for what is due, one after the other, each for its turn. On one thread, about once a second; waits for the
  // network.
  void step();
  // From any thread: requests on the way and all later ones fail.
  void interrupt() { stopped_ = true, getter_.interrupt(); }
  std::vector<FeedState> states() const;

 private:
  // Of one feed: when it is asked next, what it answered with, which of its entries are done.
  struct Following {
    FeedSource source;
    FeedState state;
    Instant due{};
    std::chrono::seconds pause{0};
    std::string etag = {}, last_modified = {};
    std::map<std::string, int> done = {};  // by mark and link, with how often it failed
  };

  void ask(Following&);
  // Its entries; false where something is left to be fetched, nothing where it is neither feed nor alert.
  std::optional<bool> follow(Following&, const transfer::Got&, const machine::Stopwatch&);
  // Whether it is done with: what fails is tried thrice.
  bool fetch_entry(Following&, const std::string& url);
  Said take(Following&, const std::string& url, const std::string& bytes);
  void failed(Following&, const std::string& what);
  transfer::Wish wish(const Following&, const std::string& url, std::size_t limit) const;

  const Ground& ground_;
  const Milliseconds turn_;
  transfer::Getter getter_;
  std::atomic<bool> stopped_ = false;
  mutable std::mutex mutex_;  // of the states
  std::vector<Following> feeds_;
};

}  // namespace anlan::edge::intake
