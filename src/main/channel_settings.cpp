#include "main/channel_settings.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "main/toml_row.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

using notify::Reach;
using Secrets = std::vector<std::pair<std::string, std::string>>;

// The kinds that a warning chooses among, and whom they reach.
constexpr std::array kKinds{std::pair{"sms", Reach::kPhone}, std::pair{"mail", Reach::kMail},
                            std::pair{"group", Reach::kStanding}, std::pair{"webhook", Reach::kStanding},
                            std::pair{"loudspeaker", Reach::kDevice}};

// What each protocol reads of its row.
class Row {
 public:
  Row(TomlRow& row, std::string name, outbox::World world, Secrets& secrets)
      : row_(row), name_(std::move(name)), world_(world), secrets_(secrets) {}

  GatewaySettings sms(edge::SmsProtocol protocol) {
    edge::SmsChannel c;
    c.protocol = protocol;
    common(c);
    c.address = row_.filled("host");
    c.port = port(protocol == edge::SmsProtocol::kSmpp34 ? 2775 : 7890);
    c.account = row_.filled("account");
    secret("secret_file", "secret");
    c.number = row_.optional_text("number").value_or("");
    c.service = row_.optional_text("service").value_or("");
    c.window = static_cast<std::size_t>(row_.integer_or("window", 1, 1000, static_cast<std::int64_t>(c.window)));
    c.decimal_reports = row_.flag("decimal_reports");
    return c;
  }
  GatewaySettings cmpp() {
    const auto version = row_.integer_or("version", 2, 3, 3);
    return sms(version == 2 ? edge::SmsProtocol::kCmpp20 : edge::SmsProtocol::kCmpp30);
  }
  GatewaySettings mail() {
    edge::MailChannel c;
    common(c);
    c.host = row_.filled("host");
    const std::string security = row_.optional_text("security").value_or("starttls");
    using enum transfer::MailSecurity;
    c.security = security == "tls" ? kImplicit : security == "optional" ? kOptional : kRequired;
    if (security != "tls" && security != "optional" && security != "starttls")
      row_.mistake("security", "word", {{"value", security}, {"allowed", "starttls, tls, optional"}});
    c.port = port(c.security == kImplicit ? 465 : 587);
    c.account = row_.optional_text("account").value_or("");
    if (!c.account.empty()) secret("secret_file", "secret");
    c.ca_file = row_.optional_text("ca_file").value_or("");
    c.from = row_.filled("from");
    c.from_name = row_.optional_text("from_name").value_or("");
    c.list_id = row_.optional_text("list_id").value_or("");
    c.unsubscribe = row_.optional_text("unsubscribe").value_or("");
    return c;
  }
  GatewaySettings robot(edge::RobotKind kind) {
    edge::RobotChannel c;
    c.kind = kind;
    common(c);
    secret("key_file", "key");
    if (kind == edge::RobotKind::kDingtalk && row_.has("secret_file")) secret("secret_file", "secret");
    c.service = row_.optional_text("service").value_or("");
    c.ca_file = row_.optional_text("ca_file").value_or("");
    c.allow_private = row_.flag("allow_private");
    return c;
  }
  GatewaySettings webhook() {
    edge::WebhookChannel c;
    common(c);
    c.url = row_.filled("url");
    secret("secret_file", "secret");
    c.ca_file = row_.optional_text("ca_file").value_or("");
    c.allow_private = row_.flag("allow_private");
    return c;
  }
  GatewaySettings loudspeaker() {
    edge::LoudspeakerChannel c;
    common(c);
    c.address = row_.filled("host");
    c.tls = !row_.flag("plain");
    c.port = port(c.tls ? 8883 : 1883);
    c.version5 = row_.integer_or("version", 3, 5, 3) == 5;
    c.client_id = row_.optional_text("client_id").value_or("anlan-" + name_);
    c.account = row_.optional_text("account").value_or("");
    if (!c.account.empty()) secret("secret_file", "secret");
    c.ca_file = row_.optional_text("ca_file").value_or("");
    c.certificate_file = row_.optional_text("certificate_file").value_or("");
    c.key_file = row_.optional_text("key_file").value_or("");
    c.prefix = row_.optional_text("prefix").value_or(c.prefix);
    secret("group_secret_file", "group_secret");
    c.times = row_.integer_or("times", 1, 100, c.times);
    c.volume = row_.integer_or("volume", 0, 100, c.volume);
    return c;
  }

 private:
  template <class Channel>
  void common(Channel& c) {
    c.name = name_;
    c.world = world_;
    if (row_.has("rate")) c.rate = row_.number("rate");
  }
  std::uint16_t port(std::int64_t usual) {
    return static_cast<std::uint16_t>(row_.integer_or("port", 1, 65535, usual));
  }
  void secret(const char* key, const char* setting) { secrets_.emplace_back(setting, row_.filled(key)); }

  TomlRow& row_;
  const std::string name_;
  const outbox::World world_;
  Secrets& secrets_;
};

// One line a protocol: its name in the file, what a warning calls its kind, and what is read for it.
struct Protocol {
  std::string_view name, kind;
  GatewaySettings (*read)(Row&);
};
constexpr std::array kProtocols{
    Protocol{"cmpp", "sms", [](Row& r) { return r.cmpp(); }},
    Protocol{"smpp", "sms", [](Row& r) { return r.sms(edge::SmsProtocol::kSmpp34); }},
    Protocol{"smtp", "mail", [](Row& r) { return r.mail(); }},
    Protocol{"wecom", "group", [](Row& r) { return r.robot(edge::RobotKind::kWecom); }},
    Protocol{"dingtalk", "group", [](Row& r) { return r.robot(edge::RobotKind::kDingtalk); }},
    Protocol{"webhook", "webhook", [](Row& r) { return r.webhook(); }},
    Protocol{"mqtt", "loudspeaker", [](Row& r) { return r.loudspeaker(); }},
};

// The kind is one of the table.
Reach reach_of(std::string_view kind) {
  return std::ranges::find_if(kKinds, [&](const auto& known) { return known.first == kind; })->second;
}

// Where a secret of that setting is kept while the channel is served; null for one that the kind has not, for which no
// row asks.
std::string* slot(GatewaySettings& gateway, const std::string& setting) {
  return std::visit(
      [&](auto& c) -> std::string* {
        if constexpr (requires { c.key; })
          if (setting == "key") return &c.key;
        if constexpr (requires { c.group_secret; })
          if (setting == "group_secret") return &c.group_secret;
        if constexpr (requires { c.secret; })
          if (setting == "secret") return &c.secret;
        return nullptr;
      },
      gateway);
}

// Editors end a file with a line feed, which is no part of a secret.
std::string first_line(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// The setting by which a message of the one channel would reach what the other one reaches, or be proved there; null
// where there is none. Files that hold secrets are named as the configuration names them.
const char* shared_setting(const edge::SmsChannel& a, const edge::SmsChannel& b) {
  return lower(a.address) == lower(b.address) && a.port == b.port && a.account == b.account ? "account" : nullptr;
}
const char* shared_setting(const edge::MailChannel& a, const edge::MailChannel& b) {
  return lower(a.host) == lower(b.host) && a.port == b.port && a.account == b.account ? "host" : nullptr;
}
const char* shared_setting(const edge::RobotChannel& a, const edge::RobotChannel& b) {
  return a.kind == b.kind && a.key == b.key ? "key_file" : nullptr;
}
const char* shared_setting(const edge::WebhookChannel& a, const edge::WebhookChannel& b) {
  return lower(a.url) == lower(b.url) ? "url" : a.secret == b.secret ? "secret_file" : nullptr;
}
const char* shared_setting(const edge::LoudspeakerChannel& a, const edge::LoudspeakerChannel& b) {
  if (a.group_secret == b.group_secret) return "group_secret_file";
  return lower(a.address) == lower(b.address) && a.port == b.port && a.prefix == b.prefix ? "prefix" : nullptr;
}
template <class One, class Other>
const char* shared_setting(const One&, const Other&) {
  return nullptr;
}

// The same each time, so that what waits in the drill's outbox is given on after a start.
ChannelSettings sandbox_for(const std::string& kind, Reach reach) {
  ChannelSettings out;
  out.protocol = "sandbox";
  out.way = {"drill-" + kind, kind, reach, outbox::World::kDrill, {}};
  edge::SandboxChannel sandbox;
  sandbox.name = out.way.name;
  out.gateway = sandbox;
  return out;
}

}  // namespace

std::optional<ChannelSettings> read_channel(TomlRow& row) {
  ChannelSettings out;
  out.place = row.place("name");
  out.way.name = row.filled("name");
  if (!out.way.name.empty() && !is_id(out.way.name)) row.mistake("name", "node_id", {{"value", out.way.name}});
  out.protocol = row.filled("protocol");
  const bool drill = row.flag("drill");
  out.way.world = drill ? outbox::World::kDrill : outbox::World::kReal;
  out.way.divisions = row.texts("divisions");
  const auto protocol = std::ranges::find(kProtocols, out.protocol, &Protocol::name);
  if (protocol == kProtocols.end()) {
    std::string allowed;
    for (const Protocol& p : kProtocols) allowed.append(allowed.empty() ? "" : ", ").append(p.name);
    if (!out.protocol.empty()) row.mistake("protocol", "word", {{"value", out.protocol}, {"allowed", allowed}});
    return std::nullopt;
  }
  out.way.kind = protocol->kind;
  out.way.reach = reach_of(out.way.kind);
  Row of_protocol(row, out.way.name, out.way.world, out.secret_files);
  out.gateway = protocol->read(of_protocol);
  return out;
}

// Faults of the protocol's own are looked for only once all secrets are there: one that is missing is told as the file
// that it is.
Mistakes complete(ChannelSettings& channel) {
  Mistakes mistakes;
  const auto blame = [&](const std::string& key, std::string code, Texts::Values values = {}) {
    mistakes.push_back({channel.place.file, channel.place.line, "channel." + channel.way.name + "." + key,
                        std::move(code), std::move(values)});
  };
  for (const auto& [setting, file] : channel.secret_files) {
    const auto text = machine::read_file(file);
    if (!text.ok())
      blame(setting + "_file", "no_file", {{"value", file}});
    else
      *slot(channel.gateway, setting) = first_line(*text);
  }
  if (!mistakes.empty()) return mistakes;
  const auto fault = std::visit([](const auto& c) { return edge::fault_of(c); }, channel.gateway);
  if (fault) blame(fault->setting, "channel_" + fault->code, {{"value", fault->value}});
  return mistakes;
}

// A drill's outbox is no help where its gateway is the one that rings the real telephones.
Mistakes mixed_worlds(const std::vector<ChannelSettings>& channels) {
  Mistakes mistakes;
  for (const ChannelSettings& drill : channels) {
    if (drill.way.world != outbox::World::kDrill) continue;
    for (const ChannelSettings& real : channels) {
      if (real.way.world != outbox::World::kReal) continue;
      const char* setting =
          std::visit([](const auto& a, const auto& b) { return shared_setting(a, b); }, drill.gateway, real.gateway);
      if (setting)
        mistakes.push_back({drill.place.file,
                            drill.place.line,
                            "channel." + drill.way.name + "." + setting,
                            "channel_of_real_world",
                            {{"value", real.way.name}}});
    }
  }
  return mistakes;
}

// A drill must find every kind that a warning may choose, or it would practise less than it is for.
std::vector<ChannelSettings> with_sandboxes(std::vector<ChannelSettings> channels) {
  for (const auto& [kind, reach] : kKinds) {
    const bool has = std::ranges::any_of(channels, [&, k = std::string(kind)](const ChannelSettings& c) {
      return c.way.kind == k && c.way.world == outbox::World::kDrill;
    });
    if (!has) channels.push_back(sandbox_for(kind, reach));
  }
  return channels;
}

// The kinds differ in their settings alone; from here on each is a gateway.
std::unique_ptr<outbox::Gateway> serve(const ChannelSettings& channel, outbox::Outbox& outbox, const Clock& clock,
                                       outbox::Failed failed) {
  return std::visit([&](const auto& c) { return edge::serve(c, outbox, clock, std::move(failed)); }, channel.gateway);
}

}  // namespace anlan
