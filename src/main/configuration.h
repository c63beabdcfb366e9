#pragma once
// What a node is told from outside: a TOML file, over it the environment, over it the command line. Every key with its
// meaning stands in deploy/anlan.toml.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "document/house_style.h"
#include "domain/account/types.h"
#include "main/alert_settings.h"
#include "main/channel_settings.h"
#include "main/mistake.h"

namespace anlan {

// For consoles and programs. Loopback, as shipped: whoever opens it to others gives it a certificate.
struct HttpConfiguration {
  std::string address = "127.0.0.1";
  std::int64_t port = 8080;      // 0: the system chooses
  std::int64_t threads = 1;      // of the sockets
  std::int64_t workers = 4;      // that read for answers, each with a connection to the store
  std::string certificate, key;  // PEM; both empty: plain HTTP
  std::string proxies;           // addresses, whose X-Forwarded-For is believed
  std::string console;           // the built console; empty: the share's
  std::int64_t connections = 12'000;
  std::int64_t leave_s = 0;      // of serving on after the process was told to end
  std::int64_t rate_factor = 1;  // how many times as often as usual one asker may come
};

// For the children of this node. Not to be reached by anybody else is the better for it, but each side proves who it
// is.
struct FederationConfiguration {
  std::string address;       // empty: no child can dial
  std::int64_t port = 8470;  // 0: the system chooses
  std::string known_as;      // the address that codes name; empty: the one listened on
};

// The platform of an organisation outside of all nodes (docs/province-interface.md).
struct OutsideConfiguration {
  std::string organisation;  // external; empty: there is no interface
  std::string address;       // numeric
  std::int64_t port = 443;
  std::string base;         // what the paths begin with
  std::string fingerprint;  // of its certificate, SHA-256 in hexadecimal
  std::string token_file;
};

// Fully defaulted: a node without any file is one of the division whose tables are shipped whole.
struct Configuration {
  std::string data = "var/node";  // the node's own directory
  // Found beside the program where it is not given: in the source tree, or under PREFIX/share/anlan.
  std::string share;  // read only: data/ and console/
  HttpConfiguration http;
  FederationConfiguration federation;
  OutsideConfiguration outside;
  std::string node_id = "anlan", node_name;
  std::string division = "370700";  // the city (county, town) that the node serves
  bool demo = false;
  std::int64_t idle_minutes = 30;
  account::PasswordPolicy passwords;
  std::string storage = "sqlite";            // or postgresql://…
  std::int64_t queue = 10'000;               // commands that may wait for the writer
  document::FontNames fonts;                 // of the site, by role
  std::map<std::string, std::string> words;  // of the site, over data/documents/bulletin.toml
  std::string public_url;                    // by which telephones outside reach this node; empty: they do not
  std::vector<ChannelSettings> channels;     // by which messages go out
  AlertSettings alerts;                      // of others, that come in

  // Where each value was given, by key, for whoever finds it wrong; what is not there is a default.
  std::map<std::string, Place> places;

  // Of a key, with the place of its value.
  Mistake mistake(const std::string& key, const std::string& code, Texts::Values values = {}) const;
  // Where the store is, as platform/sql/sql.h names it.
  const std::string& store() const { return storage == "sqlite" ? data : storage; }
  // "SHARE/data/NAME".
  std::string shared(const std::string& name) const { return share + "/data/" + name; }
};

// A value from the command line, and the option that gave it.
struct Override {
  std::string key, value;
  std::string option = "--set";
};

// Where values come from; later ones go before earlier ones: file, environment, overrides.
struct Sources {
  std::string file = {};                                                                // empty: none
  std::function<std::optional<std::string>(const std::string&)> environment = nullptr;  // "ANLAN_HTTP_PORT"
  std::vector<Override> overrides = {};
  std::string program_folder = {};  // where the binary lies, to find its share
};

// Mistakes name file, line and key; a node with mistakes does not start.
struct ReadConfiguration {
  Configuration value;
  Mistakes mistakes;
};

// Never stops at the first mistake; what is wrong keeps its default.
ReadConfiguration read_configuration(const Sources&);

// Beyond what reading finds: files that are named and not there, data files that are wrong, texts that one language has
// and the other has not.
Mistakes check(const Configuration&);

// The part of it that keeps a node from listening: address, certificate, key.
Mistakes check_listening(const Configuration&);

// Every key but the tables of fonts and words, in the order of the file.
std::vector<std::string> configuration_keys();

// "http.port" → "ANLAN_HTTP_PORT".
std::string environment_name(std::string_view key);

}  // namespace anlan
