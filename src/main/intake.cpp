#include "main/intake.h"

#include <algorithm>
#include <set>

#include "codec/json_write.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

using edge::intake::FeedSource;
using edge::intake::Signing;
using edge::intake::Source;

constexpr std::int64_t kLeastEvery = 10, kMostEvery = 86'400;
constexpr std::string_view kFolder = "folder", kPosted = "post";

std::optional<xml::Roots> roots_in(const std::string& file) {
  if (file.empty()) return std::nullopt;
  const auto pem = machine::read_file(file);
  auto roots = pem.ok() ? xml::Roots::read(*pem) : Result<xml::Roots>(pem.error());
  return roots.ok() ? std::optional(std::move(*roots)) : std::nullopt;
}

void look_at(const AlertSourceConfiguration& c, const std::string& key, Mistakes& mistakes) {
  const auto mistake = [&](const std::string& name, const std::string& code, Texts::Values values = {}) {
    mistakes.push_back({"", 0, key + name, code, std::move(values)});
  };
  const auto signing = named<Signing>(c.signature);
  if (!signing) mistake("signature", "word", {{"value", c.signature}, {"allowed", names_listed<Signing>()}});
  if (c.world.empty()) mistake("world", "empty");
  if (signing == Signing::kRequired && c.certificates.empty()) mistake("certificates", "feed_unsigned");
  if (!c.certificates.empty() && !roots_in(c.certificates))
    mistake("certificates", "no_certificate", {{"value", c.certificates}});
}

bool is_url(const std::string& url) {
  const auto begin = url.find("://");
  const bool web = url.starts_with("http://") || url.starts_with("https://");
  return web && url.size() > begin + 3 && url.find('@') == std::string::npos &&
         url.find_first_of(" \t\r\n") == std::string::npos;
}

bool is_host(const std::string& host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  });
}

Source source_of(const AlertSourceConfiguration& c, std::string name) {
  return {.name = std::move(name),
          .organisation = c.organisation,
          .world = c.world,
          .signing = named<Signing>(c.signature).value_or(Signing::kRequired),
          .roots = roots_in(c.certificates)};
}

FeedSource feed_of(const FeedConfiguration& c) {
  FeedSource feed;
  static_cast<Source&>(feed) = source_of(c, c.name);
  feed.url = c.url;
  feed.hosts = c.hosts;
  feed.every = std::chrono::seconds{c.every_s};
  feed.allow_private = c.allow_private;
  feed.authorities = c.authorities;
  return feed;
}

}  // namespace

Mistakes mistakes_in(const AlertsConfiguration& c) {
  Mistakes mistakes;
  look_at(c, "alerts.", mistakes);
  if (!c.folder.empty() && c.organisation.empty()) mistakes.push_back({"", 0, "alerts.organisation", "missing", {}});
  std::set<std::string> names{std::string(kFolder), std::string(kPosted)};
  for (std::size_t i = 0; i < c.feeds.size(); ++i) {
    const FeedConfiguration& f = c.feeds[i];
    const std::string key = "feed[" + std::to_string(i + 1) + "].";
    const auto mistake = [&](const std::string& name, const std::string& code, const std::string& value = {}) {
      mistakes.push_back({"", 0, key + name, code, {{"value", value}}});
    };
    look_at(f, key, mistakes);
    if (f.name.empty() || f.name.size() > 60) mistake("name", "missing");
    if (!names.insert(f.name).second) mistake("name", "repeated", f.name);
    if (f.organisation.empty()) mistake("organisation", "missing");
    if (!is_url(f.url)) mistake("url", "feed_url", f.url);
    if (f.every_s < kLeastEvery || f.every_s > kMostEvery) mistake("every_s", "feed_every", std::to_string(f.every_s));
    for (const std::string& host : f.hosts)
      if (!is_host(host)) mistake("hosts", "feed_host", host);
    if (!f.authorities.empty() && !machine::is_file(f.authorities)) mistake("authorities", "unreadable");
  }
  return mistakes;
}

Result<std::unique_ptr<Intake>> Intake::make(const AlertsConfiguration& c, edge::intake::Ground ground) {
  if (const auto mistakes = mistakes_in(c); !mistakes.empty()) return as_failure(mistakes);
  std::vector<FeedSource> feeds;
  for (const FeedConfiguration& feed : c.feeds) feeds.push_back(feed_of(feed));
  return std::unique_ptr<Intake>(
      new Intake(std::move(ground), source_of(c, std::string(kPosted)), c.folder, std::move(feeds)));
}

Intake::Intake(edge::intake::Ground ground, Source posted, std::string folder, std::vector<FeedSource> feeds)
    : ground_(std::move(ground)), posted_(std::move(posted)), feeds_(ground_, std::move(feeds)), door_(open_door()) {
  if (folder.empty()) return;
  Source source = posted_;
  source.name = kFolder;
  folder_ = std::make_unique<edge::intake::Folder>(ground_, std::move(source), std::move(folder));
}

void Intake::look() {
  if (folder_) folder_->look();
}

edge::AlertDoor Intake::open_door() const {
  return {
      [this](std::string_view bytes, const std::string& organisation, const std::string& world) {
        Source source = posted_;
        source.organisation = organisation;
        source.world = world;
        return edge::intake::read(bytes, source, ground_.clock.now(), ground_.texts);
      },
      [this](const std::string& sm3, std::string_view bytes) { return edge::intake::keep(ground_.folder, sm3, bytes); },
      [this](const std::string& sm3) { edge::intake::let_go(ground_.folder, sm3); },
      [this](const std::string& sm3) { return edge::intake::kept(ground_.folder, sm3); },
      [this](const command::Answer& answer, const alert::Receive& c) {
        return edge::intake::refusal_in(answer, c, ground_.texts);
      }};
}

}  // namespace anlan
