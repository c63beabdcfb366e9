#include "main/intake.h"

#include <ranges>

namespace anlan {
namespace {

std::vector<edge::intake::FeedSource> feeds_of(const AlertSettings& c) {
  std::vector<edge::intake::FeedSource> feeds;
  std::ranges::transform(c.feeds, std::back_inserter(feeds), feed_of);
  return feeds;
}

}  // namespace

Intake::Intake(const AlertSettings& c, edge::intake::Ground ground)
    : ground_(std::move(ground)), posted_(source_of(c, "post")), feeds_(ground_, feeds_of(c)), door_(open_door()) {
  if (!c.folder.empty()) folder_ = std::make_unique<edge::intake::Folder>(ground_, source_of(c, "folder"), c.folder);
}

void Intake::look() {
  if (folder_) folder_->look();
}

edge::AlertDoor Intake::open_door() const {
  return {[this](std::string_view bytes, const std::string& organisation, const std::string& world) {
            edge::intake::Source source = posted_;
            source.organisation = organisation;
            source.world = world;
            return edge::intake::read(bytes, source, ground_.clock.now(), ground_.texts);
          },
          [this](const std::string& sm3, std::string_view bytes) { return ground_.keeping->lay(sm3, bytes); },
          [this](const alert::Receive& c, std::size_t size, const command::Outcome& outcome) {
            edge::intake::settle(ground_, c, size, outcome);
          },
          [this](const std::string& sm3) { return ground_.keeping->kept(sm3); },
          [this](const command::Answer& answer, const alert::Receive& c) {
            return edge::intake::refusal_in(answer, c, ground_.texts);
          }};
}

}  // namespace anlan
