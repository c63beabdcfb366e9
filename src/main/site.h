#pragma once
// The configuration of the node that is installed on a machine.

#include <string>

namespace anlan {

// Where an installation keeps it (deploy/install).
inline constexpr const char* kSiteConfiguration = "/etc/anlan/anlan.toml";

// `file` where it is there and the program lies in an installation (PREFIX/bin/anlan); else empty: what was built in a
// source tree has nothing to do with what is installed on its machine.
std::string site_configuration(const std::string& program_folder, const std::string& file = kSiteConfiguration);

}  // namespace anlan
