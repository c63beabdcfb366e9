#pragma once
// The ways in of alerts of others, wired into the node: a folder, feeds, and what is posted.

#include <memory>
#include <string>
#include <vector>

#include "edge/http/alert_door.h"
#include "edge/intake/feeds.h"
#include "edge/intake/folder.h"
#include "main/mistake.h"

namespace anlan {

// As `[[feed]]` and `[alerts]` of the configuration say it; keys by these names. `certificates`: PEM file of those
// whose signatures count; empty: nobody's. `organisation`: whose desk sees what comes; empty: the one that the node's
// division belongs to, as whoever reads the configuration finds it.
struct AlertSourceConfiguration {
  std::string organisation, world = "real", signature = "wanted", certificates;
};
struct FeedConfiguration : AlertSourceConfiguration {
  std::string name, url;
  std::vector<std::string> hosts;
  std::int64_t every_s = 300;  // 10 to 86,400
  bool allow_private = false;
  std::string authorities;  // PEM file that vouches for its server; empty: the system's
};
// `folder`: that is watched; empty: none. Its source is that of the folder; posted messages are judged by the same
// certificates, for the organisation and in the world of whoever posts them.
struct AlertsConfiguration : AlertSourceConfiguration {
  std::string folder;
  std::vector<FeedConfiguration> feeds;
};

// Codes of mistakes, with keys "alerts.…" and "feed[N].…", N from 1: missing, repeated, word, feed_url, feed_host,
// feed_every, feed_unsigned (a signature is required, and nobody's counts), no_certificate, unreadable.
Mistakes mistakes_in(const AlertsConfiguration&);

class Intake {
 public:
  // Of a configuration without mistakes; the first of them otherwise. `ground.folder` is where messages are kept; what
  // ground lends outlives the intake.
  static Result<std::unique_ptr<Intake>> make(const AlertsConfiguration&, edge::intake::Ground ground);
  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // For edge::alert_routes; as long as the intake.
  const edge::AlertDoor& door() const { return door_; }
  // One step of the folder, and one of the feeds: about once a second, each on a thread of its own, in the one process
  // that does the work of one.
  void look();
  void ask() { feeds_.step(); }
  // Before the threads are joined.
  void interrupt() { feeds_.interrupt(); }
  std::vector<edge::intake::FeedState> feeds() const { return feeds_.states(); }

 private:
  Intake(edge::intake::Ground, edge::intake::Source posted, std::string folder,
         std::vector<edge::intake::FeedSource> feeds);
  edge::AlertDoor open_door() const;

  const edge::intake::Ground ground_;
  const edge::intake::Source posted_;
  std::unique_ptr<edge::intake::Folder> folder_;
  edge::intake::Feeds feeds_;
  const edge::AlertDoor door_;
};

}  // namespace anlan
