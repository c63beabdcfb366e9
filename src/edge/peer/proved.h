#pragma once
// Certificates of which nodes have proved that they hold them.

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace anlan::edge::peer {

// Thread safe. TLS shows that who connects holds the certificate, so a node proves each once. A certificate may be made
// anew at any time; of more than a few the oldest must be proved again, so that one node fills no memory with them.
class Proved {
 public:
  static constexpr std::size_t kMostOfNode = 4;

  struct Holder {
    std::string node, public_key;  // with which it was proved
    bool operator==(const Holder&) const = default;
  };
  // nullopt: nobody has.
  std::optional<Holder> holder_of(const std::string& certificate) const;
  void add(const std::string& certificate, const Holder&);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Holder> holders_;                  // by certificate
  std::map<std::string, std::deque<std::string>> proved_;  // by node, oldest first
};

}  // namespace anlan::edge::peer
