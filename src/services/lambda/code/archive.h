#pragma once

#include <cstdint>
#include <filesystem>

#include "encoding/bytes.h"
#include "result/result.h"

// Functions come as zip files, from people whom nobody trusts.
namespace everseal::lambda::code {

inline constexpr std::int64_t largest_unzipped = 262'144'000;
inline constexpr std::int64_t most_files = 20'000;

// Unpacks the archive into the folder, which is there and empty. What an archive says of itself is
// not believed: sizes are counted while they are unpacked. Malformed, with a sentence for its
// sender: not a zip file, damaged, encrypted, files outside the folder or twice, links and devices,
// more than the above. Unavailable: the disk took no more.
Outcome unpack(ByteView zip, const std::filesystem::path& folder);

}  // namespace everseal::lambda::code
