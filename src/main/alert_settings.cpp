#include "main/alert_settings.h"

#include <algorithm>

#include "base/text.h"
#include "main/toml_row.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

using edge::intake::Signing;

std::optional<xml::Roots> roots_in(const std::string& file) {
  if (file.empty()) return std::nullopt;
  const auto pem = machine::read_file(file);
  auto roots = pem.ok() ? xml::Roots::read(*pem) : Result<xml::Roots>(pem.error());
  return roots.ok() ? std::optional(std::move(*roots)) : std::nullopt;
}

// A name or password in it would stand in logs.
bool is_feed_url(const std::string& url) {
  const auto begin = url.find("://");
  const bool web = url.starts_with("http://") || url.starts_with("https://");
  return web && url.size() > begin + 3 && url.find_first_of("@ \t\r\n") == std::string::npos;
}

bool is_feed_host(const std::string& host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
  });
}

}  // namespace

FeedSettings read_feed(TomlRow& row) {
  FeedSettings f;
  f.name = row.filled("name");
  if (!f.name.empty() && !is_id(f.name)) row.mistake("name", "node_id", {{"value", f.name}});
  f.url = row.filled("url");
  if (!f.url.empty() && !is_feed_url(f.url)) row.mistake("url", "feed_url", {{"value", f.url}});
  f.hosts = row.texts("hosts");
  for (const std::string& host : f.hosts)
    if (!is_feed_host(host)) row.mistake("hosts", "feed_host", {{"value", host}});
  f.senders = row.texts("senders");
  f.every_s = row.integer_or("every_s", 10, 86'400, f.every_s);
  f.organisation = row.filled("organisation");
  f.world = row.optional_text("world").value_or(f.world);
  f.signature = row.optional_text("signature").value_or(f.signature);
  f.certificates = row.optional_text("certificates").value_or("");
  f.allow_private = row.flag("allow_private");
  f.ca_file = row.optional_text("ca_file").value_or("");
  if (!f.ca_file.empty() && !machine::is_file(f.ca_file)) row.mistake("ca_file", "no_file", {{"value", f.ca_file}});
  for (const Mistake& m : mistakes_in(f)) row.mistake(m.key, m.code, m.values);
  return f;
}

Mistakes mistakes_in(const AlertSourceSettings& c) {
  Mistakes mistakes;
  const auto mistake = [&](const char* key, const char* code, Texts::Values values = {}) {
    mistakes.push_back({"", 0, key, code, std::move(values)});
  };
  const auto signing = named<Signing>(c.signature);
  if (!signing) mistake("signature", "word", {{"value", c.signature}, {"allowed", names_listed<Signing>()}});
  if (c.world.empty()) mistake("world", "empty");
  if (signing == Signing::kRequired && c.certificates.empty()) mistake("certificates", "feed_unsigned");
  if (!c.certificates.empty() && !roots_in(c.certificates))
    mistake("certificates", "no_certificate", {{"value", c.certificates}});
  return mistakes;
}

edge::intake::Source source_of(const AlertSourceSettings& c, std::string name) {
  return {.name = std::move(name),
          .organisation = c.organisation,
          .world = c.world,
          .signing = named<Signing>(c.signature).value_or(Signing::kRequired),
          .roots = roots_in(c.certificates)};
}

edge::intake::FeedSource feed_of(const FeedSettings& f) {
  edge::intake::FeedSource feed;
  static_cast<edge::intake::Source&>(feed) = source_of(f, f.name);
  feed.url = f.url;
  feed.hosts = f.hosts;
  feed.senders = f.senders;
  feed.every = std::chrono::seconds{f.every_s};
  feed.allow_private = f.allow_private;
  feed.ca_file = f.ca_file;
  return feed;
}

}  // namespace anlan
