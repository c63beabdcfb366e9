#pragma once
// The ways in of alerts of others, wired into the node: a folder, feeds, and what is posted.

#include <memory>
#include <string>
#include <vector>

#include "edge/http/alert_door.h"
#include "edge/intake/feeds.h"
#include "edge/intake/folder.h"
#include "main/alert_settings.h"

namespace anlan {

class Intake {
 public:
  // Of settings without mistakes. What ground lends outlives the intake.
  Intake(const AlertSettings&, edge::intake::Ground ground);
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
  edge::AlertDoor open_door() const;

  const edge::intake::Ground ground_;
  const edge::intake::Source posted_;
  std::unique_ptr<edge::intake::Folder> folder_;
  edge::intake::Feeds feeds_;
  const edge::AlertDoor door_;
};

}  // namespace anlan
