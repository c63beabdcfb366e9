#include "main/site.h"

#include "platform/machine/files.h"

namespace anlan {

std::string site_configuration(const std::string& program_folder, const std::string& file) {
  const bool installed = machine::is_folder(program_folder + "/../share/anlan/data/rules");
  return installed && machine::is_file(file) ? file : std::string();
}

}  // namespace anlan
