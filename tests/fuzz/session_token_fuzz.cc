// Session tokens from strangers: whatever the octets are, no token opens that was not sealed here,
// and what is read as a grant is written again to the same octets.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "aws/session/credentials.h"
#include "aws/session/grant.h"
#include "keys/master_key.h"

namespace {

using namespace everseal;

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static CountingRandom random;
  static const auto master = keys::MasterKey::in_memory(random);
  static const keys::Vault vault{master, random};
  const ByteView octets{data, size};
  require(!aws::session::open_token(vault, "ASIAEXAMPLEKEY000001", as_text(octets)));
  const auto read = aws::session::decode(octets);
  if (!read) return 0;
  const auto written = aws::session::encode(read->grant, read->secret);
  require(std::ranges::equal(written.reveal(), octets));
  return 0;
}
