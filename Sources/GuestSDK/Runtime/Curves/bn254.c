// BN254 G1, the curve of Ethereum's precompiles 6 to 8: y^2 = x^3 + 3.
#include "Curves/curve_functions.h"

const tandem_group tandem_bn254_group = {
    .form = TANDEM_WEIERSTRASS,
    TANDEM_CALLS(SP1_BN254_ADD, SP1_BN254_DOUBLE),
    .b = {{3}},
    .minus_one = {{0xd87cfd46, 0x3c208c16, 0x6871ca8d, 0x97816a91,
                   0x8181585d, 0xb85045b6, 0xe131a029, 0x30644e72}},
    .prime = {{0xd87cfd47, 0x3c208c16, 0x6871ca8d, 0x97816a91,
               0x8181585d, 0xb85045b6, 0xe131a029, 0x30644e72}},
};

TANDEM_POINT_FUNCTIONS(bn254)
TANDEM_DOUBLE_FUNCTION(bn254)
TANDEM_MULTIPLY_FUNCTION(bn254)
