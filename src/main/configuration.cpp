#include "main/configuration.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <functional>
#include <variant>

#include "edge/http/forwarded.h"
#include "main/toml_row.h"
#include "platform/http/listening.h"
#include "platform/machine/files.h"
#include "platform/sql/sql.h"

namespace anlan {
namespace {

using Slot = std::variant<std::string*, std::int64_t*, bool*>;

// A key and the place of its value: reading, checking, naming and documenting follow one list.
struct Setting {
  std::string_view key;
  Slot (*slot)(Configuration&);
  std::int64_t least = 0, most = 0;  // of numbers
};

using C = Configuration;

constexpr std::array kSettings{
    Setting{"data", [](C& c) -> Slot { return &c.data; }},
    Setting{"share", [](C& c) -> Slot { return &c.share; }},
    Setting{"http.address", [](C& c) -> Slot { return &c.http.address; }},
    Setting{"http.port", [](C& c) -> Slot { return &c.http.port; }, 0, 65535},
    Setting{"http.threads", [](C& c) -> Slot { return &c.http.threads; }, 1, 64},
    Setting{"http.workers", [](C& c) -> Slot { return &c.http.workers; }, 1, 256},
    Setting{"http.certificate", [](C& c) -> Slot { return &c.http.certificate; }},
    Setting{"http.key", [](C& c) -> Slot { return &c.http.key; }},
    Setting{"http.proxies", [](C& c) -> Slot { return &c.http.proxies; }},
    Setting{"http.console", [](C& c) -> Slot { return &c.http.console; }},
    Setting{"http.leave_s", [](C& c) -> Slot { return &c.http.leave_s; }, 0, 20},
    Setting{"node.id", [](C& c) -> Slot { return &c.node_id; }},
    Setting{"node.name", [](C& c) -> Slot { return &c.node_name; }},
    Setting{"node.division", [](C& c) -> Slot { return &c.division; }},
    Setting{"node.demo", [](C& c) -> Slot { return &c.demo; }},
    Setting{"federation.address", [](C& c) -> Slot { return &c.federation.address; }},
    Setting{"federation.port", [](C& c) -> Slot { return &c.federation.port; }, 0, 65535},
    Setting{"federation.known_as", [](C& c) -> Slot { return &c.federation.known_as; }},
    Setting{"outside.organisation", [](C& c) -> Slot { return &c.outside.organisation; }},
    Setting{"outside.address", [](C& c) -> Slot { return &c.outside.address; }},
    Setting{"outside.port", [](C& c) -> Slot { return &c.outside.port; }, 1, 65535},
    Setting{"outside.base", [](C& c) -> Slot { return &c.outside.base; }},
    Setting{"outside.fingerprint", [](C& c) -> Slot { return &c.outside.fingerprint; }},
    Setting{"outside.token_file", [](C& c) -> Slot { return &c.outside.token_file; }},
    Setting{"alerts.folder", [](C& c) -> Slot { return &c.alerts.folder; }},
    Setting{"alerts.organisation", [](C& c) -> Slot { return &c.alerts.organisation; }},
    Setting{"alerts.world", [](C& c) -> Slot { return &c.alerts.world; }},
    Setting{"alerts.signature", [](C& c) -> Slot { return &c.alerts.signature; }},
    Setting{"alerts.certificates", [](C& c) -> Slot { return &c.alerts.certificates; }},
    Setting{"public.url", [](C& c) -> Slot { return &c.public_url; }},
    Setting{"session.idle_minutes", [](C& c) -> Slot { return &c.idle_minutes; }, 1, 720},
    Setting{"passwords.min_length", [](C& c) -> Slot { return &c.passwords.min_length; }, 8, 128},
    Setting{"passwords.min_classes", [](C& c) -> Slot { return &c.passwords.min_classes; }, 1, 4},
    Setting{"storage.url", [](C& c) -> Slot { return &c.storage; }},
    Setting{"limits.connections", [](C& c) -> Slot { return &c.http.connections; }, 10, 1'000'000},
    Setting{"limits.rate_factor", [](C& c) -> Slot { return &c.http.rate_factor; }, 1, 1'000'000},
    Setting{"limits.queue", [](C& c) -> Slot { return &c.queue; }, 16, 1'000'000},
};

// It stands in every fact and in file names.
bool is_node_id(std::string_view id) {
  return !id.empty() && id.size() <= 40 &&
         std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// An address, or a name that the machine resolves.
bool is_host(const std::string& text) {
  return http::is_address(text) || (text.size() <= 253 && std::ranges::all_of(text, [](unsigned char c) {
                                      return std::isalnum(c) || c == '-' || c == '.';
                                    }));
}

// Of the paths of an interface: "/anlan/v1".
bool is_base(std::string_view text) {
  return text.empty() || (text.starts_with('/') && !text.ends_with('/') && std::ranges::all_of(text, [](char c) {
                            return c > ' ' && c < '\x7f' && c != '?' && c != '#';
                          }));
}

// "https://yj.example.gov.cn", perhaps with a path, without an end.
bool is_web_address(std::string_view text) {
  if (text.empty()) return true;
  for (const std::string_view scheme : {"https://", "http://"})
    if (text.starts_with(scheme))
      return text.size() > scheme.size() && is_base("/" + std::string(text.substr(scheme.size())));
  return false;
}

// Goes through file, environment and overrides in this order; what is wrong is noted with its place and skipped.
class Reading {
 public:
  explicit Reading(Configuration& value, Mistakes& mistakes) : value_(value), mistakes_(mistakes) {}

  void take_file(const std::string& file) {
    const auto root = read_toml(file);
    if (!root.ok()) return mistakes_.push_back(root.error());
    TomlRow top(file, "", *root, mistakes_);
    take_tables(top, *root);
    take_documents(top);
    take_rows(top, file, *root, "channel", [this](TomlRow& row) { take_channel(row); });
    take_rows(top, file, *root, "feed", [this](TomlRow& row) { take_feed(row); });
    top.finish();
  }

  // A value written as text: environment and command line.
  void take_text(const std::string& from, std::string_view key, const std::string& text) {
    const auto found = std::ranges::find(kSettings, key, &Setting::key);
    if (found == kSettings.end()) return mistakes_.push_back({from, 0, std::string(key), "unknown", {}});
    value_.places[std::string(key)] = {from, 0};
    const Slot slot = found->slot(value_);
    if (auto* const* words = std::get_if<std::string*>(&slot))
      **words = text;
    else if (auto* const* flag = std::get_if<bool*>(&slot))
      take_flag(**flag, from, key, text);
    else
      take_number(*std::get<std::int64_t*>(slot), *found, from, text);
  }

 private:
  void take_tables(TomlRow& top, const toml::table& root) {
    std::map<std::string, TomlRow> rows;
    for (const Setting& setting : kSettings) {
      const auto dot = setting.key.find('.');
      const std::string name(dot == std::string_view::npos ? std::string_view() : setting.key.substr(0, dot));
      if (!name.empty() && !root.contains(name)) continue;
      const toml::table* table = name.empty() ? &root : top.table(name);
      if (!table) continue;
      if (name.empty()) {
        take(top, *table, setting, setting.key);
      } else {
        auto row = rows.try_emplace(name, top.inside(name, *table)).first;
        take(row->second, *table, setting, setting.key.substr(dot + 1));
      }
    }
    for (auto& [name, row] : rows) row.finish();
  }

  void take(TomlRow& row, const toml::table& table, const Setting& setting, std::string_view key) {
    if (!table.contains(key)) return row.skip(key);
    const std::size_t before = mistakes_.size();
    Configuration trial = value_;
    const Slot slot = setting.slot(trial);
    if (auto* const* text = std::get_if<std::string*>(&slot))
      **text = row.text(key);
    else if (auto* const* flag = std::get_if<bool*>(&slot))
      **flag = row.flag(key);
    else
      *std::get<std::int64_t*>(slot) = row.integer(key, setting.least, setting.most);
    if (mistakes_.size() != before) return;
    value_ = std::move(trial);
    value_.places[std::string(setting.key)] = row.place(key);
  }

  void take_documents(TomlRow& top) {
    const toml::table* documents = top.table("documents");
    if (!documents) return;
    TomlRow row = top.inside("documents", *documents);
    if (const toml::table* fonts = row.table("fonts")) {
      TomlRow roles = row.inside("fonts", *fonts);
      for (const auto& [role, table] : roles.tables_left()) {
        TomlRow font = roles.inside(role, *table);
        value_.fonts[role] = {font.optional_text("name").value_or(""), font.texts("faces")};
        value_.places["documents.fonts." + role] = roles.place(role);
        font.finish();
      }
      roles.finish();
    }
    if (const toml::table* words = row.table("words")) {
      TomlRow texts = row.inside("words", *words);
      for (const auto& [key, node] : *words) {
        value_.words[std::string(key.str())] = texts.text(key.str());
        value_.places["documents.words." + std::string(key.str())] = texts.place(key.str());
      }
    }
    row.finish();
  }

  // Each [[name]] of the file.
  void take_rows(TomlRow& top, const std::string& file, const toml::table& root, const std::string& name,
                 const std::function<void(TomlRow&)>& take) {
    top.skip(name);
    const auto* rows = root[name].as_array();
    if (root.contains(name) && (!rows || !rows->is_homogeneous(toml::node_type::table)))
      return top.mistake(name, "not_table");
    for (std::size_t i = 0; rows && i < rows->size(); ++i) {
      TomlRow row(file, name + "[" + std::to_string(i + 1) + "]", *(*rows)[i].as_table(), mistakes_);
      take(row);
    }
  }

  void take_channel(TomlRow& row) {
    const std::size_t before = mistakes_.size();
    auto channel = read_channel(row);
    if (channel) row.finish();
    if (mistakes_.size() != before) return;
    const auto same = [&](const ChannelSettings& known) { return known.way.name == channel->way.name; };
    if (std::ranges::any_of(value_.channels, same))
      row.mistake("name", "channel_twice", {{"value", channel->way.name}});
    else
      value_.channels.push_back(std::move(*channel));
  }

  void take_feed(TomlRow& row) {
    const std::size_t before = mistakes_.size();
    FeedSettings feed = read_feed(row);
    row.finish();
    if (mistakes_.size() != before) return;
    if (std::ranges::find(value_.alerts.feeds, feed.name, &FeedSettings::name) != value_.alerts.feeds.end())
      row.mistake("name", "repeated", {{"value", feed.name}});
    else
      value_.alerts.feeds.push_back(std::move(feed));
  }

  void take_flag(bool& flag, const std::string& from, std::string_view key, const std::string& text) {
    if (text == "true" || text == "false")
      flag = text == "true";
    else
      mistakes_.push_back({from, 0, std::string(key), "not_flag", {}});
  }

  void take_number(std::int64_t& number, const Setting& setting, const std::string& from, const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
      mistakes_.push_back({from, 0, std::string(setting.key), "not_integer", {}});
    else if (value < setting.least || value > setting.most)
      mistakes_.push_back({from,
                           0,
                           std::string(setting.key),
                           "range",
                           {{"least", std::to_string(setting.least)}, {"most", std::to_string(setting.most)}}});
    else
      number = value;
  }

  Configuration& value_;
  Mistakes& mistakes_;
};

// The source tree (build/anlan) or an installation (PREFIX/bin/anlan); empty where neither is there.
std::string find_share(const std::string& program_folder) {
  for (const char* place : {"/..", "/../share/anlan"})
    if (machine::is_folder(program_folder + place + "/data/rules")) return program_folder + place;
  return {};
}

// Built in the source tree, or installed; a source tree where it was not built has none.
std::string find_console(const std::string& share) {
  if (machine::is_file(share + "/console/dist/index.html")) return share + "/console/dist";
  const bool installed = machine::is_file(share + "/console/index.html");
  return installed && !machine::is_file(share + "/console/package.json") ? share + "/console" : std::string();
}

// What one value alone cannot tell.
void check_together(const std::string& file, const Configuration& c, Mistakes& mistakes) {
  const auto mistake = [&](const std::string& key, const std::string& code, Texts::Values values = {}) {
    mistakes.push_back(c.mistake(key, code, std::move(values)));
    if (mistakes.back().file.empty()) mistakes.back().file = file;
  };
  if (c.storage != "sqlite" && !sql::is_shared(c.storage))
    mistake("storage.url", "word", {{"value", c.storage}, {"allowed", "sqlite, postgresql://…"}});
  if (!is_node_id(c.node_id)) mistake("node.id", "node_id", {{"value", c.node_id}});
  if (!http::is_address(c.http.address)) mistake("http.address", "address", {{"value", c.http.address}});
  for (const std::string& proxy : edge::addresses_in(c.http.proxies))
    if (!http::is_address(proxy)) mistake("http.proxies", "address", {{"value", proxy}});
  if (const auto& address = c.federation.address; !address.empty() && !http::is_address(address))
    mistake("federation.address", "address", {{"value", address}});
  const auto& out = c.outside;
  for (const auto& [key, host] :
       {std::pair("federation.known_as", &c.federation.known_as), std::pair("outside.address", &out.address)})
    if (!is_host(*host)) mistake(key, "host", {{"value", *host}});
  if (out.organisation.empty() != out.address.empty()) mistake("outside.organisation", "outside_alone");
  if (!out.address.empty() && !is_fingerprint(out.fingerprint))
    mistake("outside.fingerprint", "fingerprint", {{"value", out.fingerprint}});
  if (!is_web_address(c.public_url)) mistake("public.url", "web_address", {{"value", c.public_url}});
  if (!c.alerts.folder.empty() && c.alerts.organisation.empty()) mistake("alerts.organisation", "missing");
  for (const Mistake& m : mistakes_in(c.alerts)) mistake("alerts." + m.key, m.code, m.values);
  if (!is_base(out.base)) mistake("outside.base", "base", {{"value", out.base}});
  if (c.http.certificate.empty() != c.http.key.empty()) mistake("http.key", "certificate_alone");
  if (c.share.empty()) mistake("share", "no_share");
}

}  // namespace

Mistake Configuration::mistake(const std::string& key, const std::string& code, Texts::Values values) const {
  const auto found = places.find(key);
  const Place place = found == places.end() ? Place{} : found->second;
  return {place.file, place.line, key, code, std::move(values)};
}

ReadConfiguration read_configuration(const Sources& sources) {
  ReadConfiguration out;
  Reading reading(out.value, out.mistakes);
  if (!sources.file.empty()) reading.take_file(sources.file);
  std::ranges::stable_sort(out.mistakes, {}, &Mistake::line);
  for (const Setting& setting : kSettings) {
    const std::string name = environment_name(setting.key);
    const auto value = sources.environment ? sources.environment(name) : std::nullopt;
    if (value) reading.take_text(name, setting.key, *value);
  }
  for (const auto& [key, value, option] : sources.overrides) reading.take_text(option, key, value);
  if (out.value.share.empty()) out.value.share = find_share(sources.program_folder);
  if (out.value.http.console.empty()) out.value.http.console = find_console(out.value.share);
  check_together(sources.file, out.value, out.mistakes);
  return out;
}

// For the test that deploy/anlan.toml names them all.
std::vector<std::string> configuration_keys() {
  std::vector<std::string> keys;
  for (const Setting& setting : kSettings) keys.emplace_back(setting.key);
  return keys;
}

std::string environment_name(std::string_view key) {
  std::string name = "ANLAN_" + std::string(key);
  for (char& c : name) c = c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

}  // namespace anlan
