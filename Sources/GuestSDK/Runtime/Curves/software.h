// The formulas for points in software, on fractions (group.h says of what).
#ifndef TANDEM_SOFTWARE_CURVES_H
#define TANDEM_SOFTWARE_CURVES_H

#include "Curves/group.h"

#ifndef TANDEM_SP1_PRECOMPILES

void tandem_weierstrass_double(const tandem_group *group, tandem_sum *sum);
void tandem_weierstrass_add(
    const tandem_group *group, tandem_sum *sum, const tandem_point256 *point);
void tandem_edwards_double(const tandem_group *group, tandem_sum *sum);
void tandem_edwards_add(
    const tandem_group *group, tandem_sum *sum, const tandem_point256 *point);

#endif
#endif
