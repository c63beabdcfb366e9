#include "main/site.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "platform/machine/files.h"

namespace anlan {
namespace {

TEST(Site, IsMeantByAnInstalledProgramAlone) {
  const std::string prefix = testing::TempDir() + "anlan-installed", file = prefix + "/anlan.toml";
  std::filesystem::remove_all(prefix);
  ASSERT_TRUE(machine::make_folder(prefix + "/bin").ok());
  ASSERT_TRUE(machine::write_file(file, "[node]\nid = \"site\"\n").ok());
  EXPECT_EQ(site_configuration(prefix + "/bin", file), "");
  ASSERT_TRUE(machine::make_folder(prefix + "/share/anlan/data/rules").ok());
  EXPECT_EQ(site_configuration(prefix + "/bin", file), file);
  EXPECT_EQ(site_configuration(prefix + "/bin", file + ".none"), "");
  EXPECT_EQ(site_configuration(ANLAN_SOURCE_DIR "/build", file), "");
}

}  // namespace
}  // namespace anlan
