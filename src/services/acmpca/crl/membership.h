#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "services/acmpca/crl/location.h"
#include "services/acmpca/crl/store.h"
#include "services/acmpca/model/settings.h"
#include "sql/database.h"

// Which CRL speaks of which certificate. A CA has one complete list; or partitions, each of so many
// certificates that its CRL stays small even if all of them are revoked. Where a certificate
// belongs is decided when it is signed, for good: it names the place of its list, and the list the
// same place in its issuing distribution point.
namespace everseal::acmpca {

bool publishes_crls(const Authority& authority, TimePoint now);
bool has_partitions(const Authority& authority);  // of those whose CRLs are enabled
// The CA returned to one complete list, so that this partition is not published any more.
bool is_abandoned(const Authority& authority, const Crl& crl, TimePoint now);
bool is_published(const Authority& authority, const Crl& crl, TimePoint now);

// Whose entries the CRL of a list has, itself first. The complete CRL of a CA that returned to it
// names no place and so speaks of all that the CA ever issued: it lists what was revoked of
// partitions, too.
Result<std::vector<std::int64_t>> lists_in(sql::Snapshot& view, const Authority& authority,
                                           const Crl& crl);

// The list of what is signed from now on.
struct CrlInUse {
  std::optional<std::int64_t> id;  // nothing: it has no row yet
  std::string uri;                 // of its place, as certificates name it
  bool has_room = true;            // or the CA has issued as many as it may with CRLs of this type
};

// Nothing: the CA publishes none. Also one that is to publish partitions and cannot sign yet.
Result<std::optional<CrlInUse>> crl_in_use(sql::Snapshot& view, const Authority& authority,
                                           const Settings& settings);

// Where a list lies. A partition stays at the key and URI that it was opened with, whatever the
// configuration says since; so does the complete list once there are partitions.
CrlLocation location_of(const Authority& authority, const Crl& crl);

// To be called before a CA's configuration is changed, with the CA as it was: the place of its
// complete list, if it has one, is known from then on.
Outcome keep_place(sql::Transaction& tx, const Authority& before);

// To be called when a CA was changed: there is a list for what it signs from now on, at the place
// that its configuration says; if that is a new place, it is that of a new partition.
Outcome prepare_crl(sql::Transaction& tx, const Authority& authority);

// One more certificate belongs to the list. The one that fills a partition opens the next one,
// empty, which those belong to that are signed from then on; what is being signed at that moment
// still has room. After the last one that the CA may issue, too, it is announced that the list in
// use has changed. None: the CA has issued as many as it may with CRLs of this type, not counting
// this one.
enum class Room { Taken, None };
Result<Room> take_room(sql::Transaction& tx, const Authority& authority, std::int64_t crl,
                       const Settings& settings, TimePoint now);

}  // namespace everseal::acmpca
