#include "sheet/merge_scan.h"

#include "sheet/events.h"

namespace anlan::sheet {
namespace {

class Merges : public Listener {
 public:
  explicit Merges(std::size_t most) : most_(most) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name != "mergeCell" || too_many) return;
    // What no cell can be is no range; the rows are right all the same.
    if (const auto range = range_of(attributes["ref"])) ranges.push_back(*range);
    too_many = ranges.size() > most_;
  }
  void end(std::string_view) override {}

  std::vector<Range> ranges;
  bool too_many = false;

 private:
  const std::size_t most_;
};

// Lets through all of a sheet but what stands between the tags of sheetData, whatever their prefix. Only who writes
// such a tag into CDATA or a comment misleads it, and gets other merges for it and the same rows.
class WithoutRows {
 public:
  explicit WithoutRows(Events& events) : events_(events) {}

  bool feed(std::string_view bytes) {
    held_ += bytes;
    for (std::size_t found; (found = held_.find(kName, looked_)) != held_.npos;) {
      const std::size_t end = held_.find('>', found);
      if (end == held_.npos && held_.size() - found < kTag) return true;
      looked_ = found + kName.size();
      if (end != held_.npos && !meet(found, end + 1)) return false;
    }
    return let_go();
  }

  bool finish() { return (inside_ || events_.feed(held_)) && events_.finish(); }

 private:
  static constexpr std::string_view kName = "sheetData";
  static constexpr std::size_t kTag = 1024;  // no tag of it is longer

  // The word stands at `found`, and what may be its tag ends before `end`.
  bool meet(std::size_t found, std::size_t end) {
    const std::size_t begin = held_.rfind('<', found);
    if (begin == held_.npos || found - begin > kTag) return true;
    const char before = held_[found - 1], after = held_[found + kName.size()];
    const bool closes = held_[begin + 1] == '/', alone = held_[end - 2] == '/';
    if ((before != '<' && before != '/' && before != ':') ||
        std::string_view(" \t\r\n/>").find(after) == std::string_view::npos)
      return true;
    if (inside_ ? !closes : closes || alone) return true;
    const std::size_t cut = inside_ ? begin : end;
    if (!inside_ && !events_.feed(std::string_view(held_).substr(0, cut))) return false;
    held_.erase(0, cut);
    looked_ = inside_ ? end - cut : 0;
    inside_ = !inside_;
    return true;
  }

  // Keeps what may be the beginning of a tag.
  bool let_go() {
    const std::size_t keep = std::min(held_.size(), kTag + kName.size());
    const std::size_t gone = held_.size() - keep;
    const bool sound = inside_ || events_.feed(std::string_view(held_).substr(0, gone));
    held_.erase(0, gone);
    looked_ = held_.size() < kName.size()
                  ? 0
                  : std::max(looked_ > gone ? looked_ - gone : 0, held_.size() - kName.size() + 1);
    return sound;
  }

  Events& events_;
  std::string held_;
  std::size_t looked_ = 0;
  bool inside_ = false;
};

}  // namespace

Outcome<std::vector<Range>> merges_of(const Package& package, const std::string& part, const Limits& limits) {
  auto bytes = package.part(part);
  if (!bytes.ok()) return bytes.error();
  Merges merges(limits.merges);
  Events events(merges);
  WithoutRows without_rows(events);
  std::vector<char> chunk(1 << 16);
  for (std::size_t got = 1; got > 0;) {
    const auto read = bytes->read(chunk.data(), chunk.size());
    if (!read.ok()) return read.error();
    got = *read;
    const bool sound = got == 0 ? without_rows.finish() : without_rows.feed({chunk.data(), got});
    if (!sound) return refuse(RefusalKind::kMalformed, "sheet.xml", part, {{"part", part}});
  }
  if (merges.too_many)
    return refuse(RefusalKind::kTooLarge, "sheet.merges", part, {{"limit", std::to_string(limits.merges)}});
  return std::move(merges.ranges);
}

}  // namespace anlan::sheet
