#include "edge/intake/keeping.h"

#include "platform/machine/files.h"

namespace anlan::edge::intake {

std::string Keeping::path_of(const std::string& sm3) const {
  return folder_ + "/" + sm3.substr(0, 2) + "/" + sm3 + ".xml";
}

std::optional<std::string> Keeping::kept(const std::string& sm3) const {
  auto bytes = machine::read_file(path_of(sm3));
  return bytes.ok() ? std::optional(std::move(*bytes)) : std::nullopt;
}

Result<Done> Keeping::lay(const std::string& sm3, std::string_view bytes) {
  const std::string path = path_of(sm3);
  const std::lock_guard lock(mutex_);
  const bool is_new = !machine::is_file(path);
  if (is_new) {
    if (auto made = machine::make_folder(path.substr(0, path.rfind('/')), machine::Readers::kOwner); !made.ok())
      return made.error();
    if (auto written = machine::write_file(path, bytes, machine::Readers::kOwner); !written.ok())
      return written.error();
  }
  Laid& laid = laid_[sm3];
  ++laid.pending;
  laid.is_new = laid.is_new || is_new;
  return Done{};
}

bool Keeping::fits(Refused& refused, std::size_t size, Instant now) const {
  const auto day = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
  if (refused.day != day) refused = {day, 0, false};
  if (refused.bytes + size > kMostRefusedBytes) return false;
  refused.bytes += size;
  return true;
}

bool Keeping::settle(const std::string& source, const std::string& sm3, std::size_t size, Became became, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = laid_.find(sm3);
  Laid& laid = found->second;
  bool is_well = true;
  if (became == Became::kTaken) laid.needed = true;
  if (became == Became::kRefused && laid.is_new && !laid.needed) {
    Refused& refused = refused_[source];
    laid.needed = fits(refused, size, now);
    is_well = laid.needed || refused.is_told;
    refused.is_told = refused.is_told || !laid.needed;
  }
  if (--laid.pending > 0) return is_well;
  if (laid.is_new && !laid.needed) (void)machine::remove_file(path_of(sm3));
  laid_.erase(found);
  return is_well;
}

}  // namespace anlan::edge::intake
