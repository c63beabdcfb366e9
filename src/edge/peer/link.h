#pragma once
// The side that dials: a child and its parent, facts in both directions.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "edge/peer/admission.h"
#include "platform/http/client.h"

namespace anlan::edge::peer {

// Whom a node dials, as it was told when it joined. Kept as a file of the node.
struct Parent {
  std::string node, address;
  std::int64_t port = 0;
  std::string fingerprint;       // of its certificate
  std::vector<KnownNode> nodes;  // whose keys it told, for as long as the register does not have them
  static constexpr auto fields = std::tuple{
      field("node", &Parent::node, 40), field("address", &Parent::address, 60), field("port", &Parent::port, 65535),
      field("fingerprint", &Parent::fingerprint, 64), field("nodes", &Parent::nodes, 10'000)};
};

// Three threads, one for each direction and one that says how this node is, each with a connection and one request at a
// time. What fails is tried again
// after a while that grows from 0.2 to 5 s, with chance in it; facts of this node end the while of the sending side.
class Link {
 public:
  // `certificate`: files of this node, and the fingerprint of its own certificate. `exchanges`: whether it is this
  // process's work just now; looked at before each request.
  Link(Ground&, Parent, const http::Pinned& files, const std::string& certificate, std::function<bool()> exchanges);
  // Requests on the way are given up.
  ~Link();

  // Facts were published. Thread safe.
  void nudge();

 private:
  // What one direction has to do next.
  enum class Next { kAtOnce, kWait, kFailed };
  struct Direction {
    http::Client line;
    Next (Link::*step)(Direction&);
    journal::Place acknowledged, from;
    federation::Listener told;  // of the parent
    std::uint64_t seen_nudges = 0;
    int failures = 0;
    std::string last_failure;
    std::thread thread;
  };

  Direction direction(Next (Link::*)(Direction&), std::chrono::milliseconds patience) const;
  void run(Direction&);
  void pause(Direction&, Next);
  Next send(Direction&);
  Next answered(Direction&, const http::Response&);
  Next falls_back(Direction&, const http::Response&);
  // Before anything leaves the process: does the parent know more of this node than its store holds?
  Next compare(Direction&);
  Next fetch(Direction&);
  // The store is behind what the parent has seen: what it holds of this node is fetched.
  Next gather(Direction&);
  // The same the other way round: the parent is told what is held of it, behind its number `after`.
  Next give_back(Direction&, std::int64_t after);
  Next tell(Direction&);
  // Something went right again: the parent has to learn what it has missed.
  void stands(Direction&, std::optional<journal::Place> read);
  // Told once until something goes right again.
  Next failed(Direction&, const std::string& what);

  Ground& ground_;
  const Parent parent_;
  const http::Pinned files_;
  http::Headers headers_;
  const std::function<bool()> exchanges_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool compared_ = false;  // of the sending thread
  // Of the fetching thread: what the parent's last Anlan-First said, to say back; "0": nothing was said yet.
  std::string heard_first_ = "0";
  std::uint64_t nudges_ = 0;
  std::atomic<bool> tells_anew_ = false;
  Instant looked_at_, told_at_;
  std::string told_words_;
  Direction up_, down_, health_;
};

// A line to the parent, for the one request of joining and for what follows it.
Result<http::Client> dial(const Parent&, const http::Pinned& files, std::chrono::milliseconds patience);

}  // namespace anlan::edge::peer
