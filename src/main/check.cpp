
#include "document/bulletin_words.h"
#include "document/press.h"
#include "main/configuration.h"
#include "main/load.h"
#include "main/load_roads.h"
#include "platform/http/listening.h"
#include "platform/machine/files.h"
#include "platform/sql/sql.h"
#include "state/directory.h"

namespace anlan {
namespace {

// Looks at everything that a start would stumble over, and at what only shows when it is used.
class Check {
 public:
  explicit Check(const Configuration& c) : c_(c) {}

  Mistakes run() {
    add(check_listening(c_));
    console();
    if (const auto& file = c_.outside.token_file; !file.empty() && !machine::is_file(file))
      mistakes_.push_back(c_.mistake("outside.token_file", "no_file", {{"value", file}}));
    channels();
    if (c_.share.empty()) return mistakes_;
    if (const auto reference = load_reference(c_); !reference.ok()) add(reference.error());
    load_limits(c_, mistakes_);
    load_road_rules(c_, mistakes_);
    outside();
    texts();
    documents();
    return mistakes_;
  }

 private:
  void add(const Mistakes& more) { mistakes_.insert(mistakes_.end(), more.begin(), more.end()); }

  // Those that are not complete are told as such first: empty secrets are the same ones.
  void channels() {
    auto channels = c_.channels;
    const auto before = mistakes_.size();
    for (ChannelSettings& channel : channels) add(complete(channel));
    if (mistakes_.size() == before) add(mixed_worlds(channels));
  }

  void console() {
    const std::string page = c_.http.console + "/index.html";
    if (!c_.http.console.empty() && !machine::is_file(page))
      mistakes_.push_back(c_.mistake("http.console", "no_file", {{"value", page}}));
  }

  // As far as there is a node whose register can be asked: not before the first start, and no database, which may be
  // elsewhere and does not belong to the configuration.
  void outside() {
    const auto& name = c_.outside.organisation;
    if (name.empty() || sql::is_shared(c_.store()) || !machine::is_file(c_.data + "/journal.db")) return;
    const auto directory = state::Directory::read(*sql::open(c_.store(), sql::Access::kInspect));
    const auto* one = directory.organisations.organisation(name);
    if (!one || !one->external)
      mistakes_.push_back(
          c_.mistake("outside.organisation", one ? "outside_on_node" : "outside_unknown", {{"value", name}}));
  }

  // A key that one language lacks would be shown as the bare key.
  void texts() {
    const auto texts = load_texts(c_.shared("text"));
    if (!texts.ok()) return add(texts.error());
    for (const auto& key : texts->missing()) mistakes_.push_back({c_.shared("text"), 0, key, "one_language", {}});
  }

  // Layout and words parse; words of the site replace ones that exist.
  void documents() {
    const std::string layout = c_.shared("documents/official.toml"), words = c_.shared("documents/bulletin.toml");
    parsed(layout, [&](const std::string& text) -> std::optional<Failure> {
      const auto style = document::parse_house_style(text, {});
      if (!style.ok()) return style.error();
      fonts(style->fonts);
      return std::nullopt;
    });
    parsed(words, [&](const std::string& text) -> std::optional<Failure> {
      const auto known = document::parse_bulletin_words(text);
      if (!known.ok()) return known.error();
      for (const auto& [key, word] : c_.words)
        if (!known->words.contains(key)) mistakes_.push_back(c_.mistake("documents.words." + key, "unknown"));
      return std::nullopt;
    });
  }

  // The shipped ones alone first, then each that the site names over them: so the one at fault is known.
  void fonts(const document::FontNames& known) {
    const std::string folder = c_.shared("documents");
    const auto shipped = document::Press::open(folder);
    if (!shipped.ok()) mistakes_.push_back({folder, 0, "", "table", {{"reason", shipped.error().what}}});
    std::string roles;
    for (const auto& [role, names] : known) roles.append(roles.empty() ? "" : ", ").append(role);
    for (const auto& [role, names] : c_.fonts)
      if (const std::string key = "documents.fonts." + role; !known.contains(role))
        mistakes_.push_back(c_.mistake(key, "word", {{"value", role}, {"allowed", roles}}));
      else if (shipped.ok() && !document::Press::open(folder, {{role, names}}).ok())
        mistakes_.push_back(c_.mistake(key, "no_face"));
  }

  template <class Parse>
  // A reader's own word for what is wrong becomes the mistake's reason.
  void parsed(const std::string& file, Parse&& parse) {
    const auto text = machine::read_file(file);
    if (!text.ok()) return mistakes_.push_back({file, 0, "", "unreadable", {}});
    if (const auto failure = parse(*text)) mistakes_.push_back({file, 0, "", "table", {{"reason", failure->what}}});
  }

  const Configuration& c_;
  Mistakes mistakes_;
};

// Why a certificate or its key is of no use; nothing where it is.
void check_file(const Configuration& c, const std::string& key, const std::string& file, bool holds,
                const std::string& code, Mistakes& mistakes) {
  if (!machine::is_file(file))
    mistakes.push_back(c.mistake(key, "no_file", {{"value", file}}));
  else if (!holds)
    mistakes.push_back(c.mistake(key, code, {{"value", file}}));
}

}  // namespace

Mistakes check_listening(const Configuration& c) {
  Mistakes mistakes;
  const auto& [certificate, key] = std::tie(c.http.certificate, c.http.key);
  if (http::is_address(c.http.address) && !http::is_own_address(c.http.address))
    mistakes.push_back(c.mistake("http.address", "not_own_address", {{"value", c.http.address}}));
  const bool certified = !certificate.empty() && http::is_certificate(certificate);
  if (!certificate.empty()) check_file(c, "http.certificate", certificate, certified, "no_certificate", mistakes);
  if (!key.empty()) check_file(c, "http.key", key, !certified || http::is_key_of(certificate, key), "no_key", mistakes);
  return mistakes;
}

Mistakes check(const Configuration& c) { return Check(c).run(); }

}  // namespace anlan
